<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>MarsCD</name>
  <message>
   <location filename="../marscd_plugin/gui/analogue/adding.py" />
   <source>Check the name. A web address must be that of the file itself, such as one that ends in .tif.</source>
   <translation>请检查名称。网址必须是文件本身的地址，例如以 .tif 结尾的。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/adding.py" />
   <source>Images</source>
   <translation>影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/adding.py" />
   <source>Open an image</source>
   <translation>打开影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/adding.py" />
   <source>{source} cannot be opened as an image.</source>
   <translation>无法将 {source} 作为影像打开。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source> m</source>
   <translation> m</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source> px</source>
   <translation> 像元</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>&amp;Chip size</source>
   <translation>切片大小(&amp;C)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>&amp;Model</source>
   <translation>模型(&amp;M)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>A chip is the square of ground that is compared as one; this is its edge. Choose it so that one chip shows the landform and little else.</source>
   <translation>切片是作为整体比较的方形地面；这是它的边长。请选择适当的值，使一个切片显示地貌而很少有其他东西。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>About the model</source>
   <translation>关于模型</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>About the sizes</source>
   <translation>关于大小</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>Choose a file…</source>
   <translation>选择文件…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>Choose a model</source>
   <translation>选择模型</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>How far apart the compared places lie. Half a chip finds everything; a smaller step places it better and takes longer.</source>
   <translation>比较地点之间的距离。半个切片就能找全；更小的步长定位更准，但需要更多时间。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>Looking for models…</source>
   <translation>正在查找模型…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>ONNX models (*.onnx)</source>
   <translation>ONNX 模型 (*.onnx)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>R&amp;un on</source>
   <translation>运行于(&amp;U)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>S&amp;tep</source>
   <translation>步长(&amp;T)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>Take the proposed sizes</source>
   <translation>采用建议的大小</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>Take the sizes that suit these images and this model</source>
   <translation>采用适合这些影像和此模型的大小</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>Takes chips of {px} by {px} pixels and gives {count} numbers.</source>
   <translation>接受 {px}×{px} 像元的切片，给出 {count} 个数字。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>The embedding: a network that describes a chip of ground by a row of numbers. Chips of one kind of ground get alike numbers, so their distance is small.</source>
   <translation>嵌入：用一行数字描述一个地面切片的网络。同类地面的切片数字相近，因此距离小。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>What computes: AUTO takes the graphics card where one works, else the processor (CPU)</source>
   <translation>用什么计算：AUTO 在显卡可用时用显卡，否则用处理器（CPU）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>About the image</source>
   <translation>关于影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>Add</source>
   <translation>添加</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>Add an image</source>
   <translation>添加影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>Add an image that is not in the project yet: a file, or a web address</source>
   <translation>添加工程中还没有的影像：文件或网址</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>Add the image at this address to the project</source>
   <translation>把此网址的影像添加到工程</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>Choose an image</source>
   <translation>选择影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>From a &amp;file…</source>
   <translation>从文件…(&amp;F)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>From a &amp;web address…</source>
   <translation>从网址…(&amp;W)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>Opening the image…</source>
   <translation>正在打开影像…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>The address of a cloud-optimised GeoTIFF (COG): only the parts that are searched are fetched. Or anything that GDAL opens.</source>
   <translation>云优化 GeoTIFF（COG）的网址：只下载搜索的部分。或 GDAL 能打开的任何内容。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>Web address of an image</source>
   <translation>影像的网址</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/images.py" />
   <source>Earth</source>
   <translation>地球</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/images.py" />
   <source>Mars</source>
   <translation>火星</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/images.py" />
   <source>the Moon</source>
   <translation>月球</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/images.py" />
   <source>without a place on a planet</source>
   <translation>没有天体位置</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/images.py" />
   <source>{km} km</source>
   <translation>{km} km</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/images.py" />
   <source>{m} m</source>
   <translation>{m} m</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/images.py" />
   <source>{size} m a pixel</source>
   <translation>每像元 {size} m</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/images.py" />
   <source>{wide} by {high} pixels, scale unknown</source>
   <translation>{wide}×{high} 像元，比例尺未知</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>No program was found that opens it. The file is {path}</source>
   <translation>没有找到能打开它的程序。文件位于 {path}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>Rank landing sites</source>
   <translation>着陆点排名</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>Rank the matches again.</source>
   <translation>请重新为匹配排名。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>Ranking the matches</source>
   <translation>正在为匹配排名</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>Read the landing sites</source>
   <translation>读取着陆点</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>Search for analogues on Mars first.</source>
   <translation>请先在火星上查找相似地貌。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>The map does not show Mars: start a Mars project in the step Area.</source>
   <translation>地图显示的不是火星：请在“区域”步骤中开始火星工程。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>The matches of this search do not lie on Mars. Search an image of Mars to rank places to land.</source>
   <translation>这次搜索的匹配不在火星上。请搜索火星影像以便为着陆地点排名。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>The report is not there.</source>
   <translation>报告不存在。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>The sites were not ranked.</source>
   <translation>地点没有排名。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>{algorithm} is not there.</source>
   <translation>{algorithm} 不存在。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>{path} cannot be opened.</source>
   <translation>无法打开 {path}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>&amp;CRISM images</source>
   <translation>CRISM 影像(&amp;C)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>&amp;Rank as landing sites</source>
   <translation>作为着陆点排名(&amp;R)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>&amp;Terrain model</source>
   <translation>地形模型(&amp;T)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>A terrain model (DTM) in metres, for slope and height of each place; may be left out</source>
   <translation>地形模型（DTM），米，用于各地点的坡度和高程；可以省略</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>Click a site to go there</source>
   <translation>单击一个地点可前往</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>Landing sites</source>
   <translation>着陆点</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>One table of candidate landing areas, with what is known of each</source>
   <translation>一张候选着陆区的表，列出每处已知的情况</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>Open the report of the landing sites in the web browser</source>
   <translation>在网页浏览器中打开着陆点报告</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>Puts slope, height and minerals beside each match on Mars, and ranks them. Matches that you called not like the target are left out.</source>
   <translation>把坡度、高程和矿物列在火星上每个匹配旁边，并排名。您判为不像目标的匹配会略去。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>R&amp;eport</source>
   <translation>报告(&amp;E)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>Stop within a second or two; nothing half-finished is kept</source>
   <translation>一两秒内停止；未完成的内容不保留</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>Tick CRISM cubes or summary parameters that cover the matches: gypsum and hydrated sulfates show in them. Halite (rock salt) has a flat spectrum and cannot be seen.</source>
   <translation>勾选覆盖匹配的 CRISM 立方体或综合参数：石膏和水合硫酸盐可以在其中看到。石盐（岩盐）的光谱平坦，看不到。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>none</source>
   <translation>无</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>Keep the verdicts</source>
   <translation>保存判定</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>Model {model}, chips of {size} m, step {step} m</source>
   <translation>模型 {model}，切片 {size} m，步长 {step} m</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>Ranking all places by your verdicts</source>
   <translation>正在按您的判定为所有地点排名</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>Read the matches</source>
   <translation>读取匹配</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>Stopped; the former matches stand.</source>
   <translation>已停止；保留原来的匹配。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>The distance is not on the map.</source>
   <translation>距离不在地图上。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>The matches were not ranked anew.</source>
   <translation>匹配没有重新排名。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>The picture of the surface is not there.</source>
   <translation>曲面的图片不存在。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>This match has no place on the map that is open.</source>
   <translation>这个匹配在打开的地图上没有位置。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>(round {number})</source>
   <translation>（第 {number} 轮）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>Analogues</source>
   <translation>相似地貌</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>Distance to the target</source>
   <translation>到目标的距离</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>Matches</source>
   <translation>匹配</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>Search again.</source>
   <translation>请重新搜索。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>match</source>
   <translation>匹配</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>more like this</source>
   <translation>要更多这样的</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>not like this</source>
   <translation>不是这样的</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>weak</source>
   <translation>弱</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>{path} cannot be opened as a layer.</source>
   <translation>无法将 {path} 作为图层打开。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Choose another layer, or draw the target.</source>
   <translation>请选择另一个图层，或画出目标。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Choose another.</source>
   <translation>请选择另一个。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Choose the image that you draw on as the image of the target.</source>
   <translation>请把您在其上绘制的影像选为目标影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Nothing is selected in {layer}, which has {count} polygons.</source>
   <translation>{layer} 有 {count} 个多边形，但没有选中任何一个。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Pictures of the targets</source>
   <translation>目标的图片</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Remove some first.</source>
   <translation>请先移除一些。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Select the polygons you mean with QGIS's selection tools, then try again.</source>
   <translation>请用 QGIS 的选择工具选中所需多边形，再试一次。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Set its CRS in the layer's properties.</source>
   <translation>请在图层属性中设置其坐标参照系。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Simplify them first, or select fewer.</source>
   <translation>请先简化，或少选一些。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>The layer is not there any more.</source>
   <translation>图层已不在。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>The polygons of {layer} have too many vertices.</source>
   <translation>{layer} 的多边形顶点太多。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>This image has no place on a planet, so nothing can be marked on it: use the whole image.</source>
   <translation>这幅影像没有天体位置，因此无法在上面标出目标：请使用整幅影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>This lies on {there}, and the image of the target on {here}.</source>
   <translation>它位于 {there}，而目标影像位于 {here}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>{count} targets are marked already.</source>
   <translation>已标出 {count} 个目标。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>{layer} has no coordinate system that names a body.</source>
   <translation>{layer} 没有指明天体的坐标系。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>{layer} holds no polygon.</source>
   <translation>{layer} 中没有多边形。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>{name} is marked. The map does not show Mars, so it did not move there.</source>
   <translation>已标出 {name}。地图显示的不是火星，因此没有移到那里。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/match_list.py" />
   <source>Left the target, right the match. Click: go there; N and P: next and previous</source>
   <translation>左边是目标，右边是匹配。单击：前往该处；N 和 P：下一个和上一个</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>&amp;3-D</source>
   <translation>&amp;3-D</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>&amp;Distance on the map</source>
   <translation>在地图上显示距离(&amp;D)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>&amp;Search</source>
   <translation>搜索(&amp;S)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>A small distance alone says nothing: some kinds of ground are common. So each match is compared with places taken at random from the searched ground; one that is no nearer than many of them is weak.</source>
   <translation>仅有小的距离说明不了什么：有些地面很常见。因此每个匹配都与从搜索区随机抽取的地点比较；不比其中许多地点更近的就是弱匹配。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Choose a match and say whether it is what you look for; then search again.</source>
   <translation>请选择一个匹配，说明它是不是您要找的；然后再次搜索。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Colours the searched ground by its distance to the target: bright is most alike. Off: the image alone</source>
   <translation>按到目标的距离为搜索区着色：越亮越像。关闭：只显示影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Distance as ground of QGIS's 3D view</source>
   <translation>把距离作为 QGIS 三维视图的地面</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Next match (N, or Alt+Down)</source>
   <translation>下一个匹配（N，或 Alt+下）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Nothing was searched for in this job yet. Begin in the tab Search.</source>
   <translation>这个任务中还没有搜索过。请从“搜索”标签页开始。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Open the report of this search in the web browser</source>
   <translation>在网页浏览器中打开这次搜索的报告</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Picture of the surface</source>
   <translation>曲面的图片</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Previous match (P, or Alt+Up)</source>
   <translation>上一个匹配（P，或 Alt+上）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Ranks all places anew by what you called like the target and what you did not. The images are not read again, so it is quick. One match that you accept is enough to begin with.</source>
   <translation>根据您判为像目标和不像目标的地点，为所有地点重新排名。不再读取影像，所以很快。接受一个匹配就可以开始。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Re&amp;port</source>
   <translation>报告(&amp;P)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Result</source>
   <translation>结果</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Search &amp;again with my verdicts</source>
   <translation>按我的判定再次搜索(&amp;A)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Sets the project's terrain to the distance; then open View &gt; 3D Map Views</source>
   <translation>把工程的地形设为距离；然后打开 视图 &gt; 3D地图视图</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Stop within a second or two; the matches that are shown stay</source>
   <translation>一两秒内停止；已显示的匹配会保留</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Take the verdict back</source>
   <translation>收回判定</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Take the verdict on this match back (U)</source>
   <translation>收回对这个匹配的判定（U）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>The distance as a surface: what looks like the target lies deep</source>
   <translation>把距离显示为曲面：像目标的地方位于低处</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>This is something else (R); then the next one</source>
   <translation>这是别的东西（R）；然后到下一个</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>This is what I look for (A); then the next one</source>
   <translation>这正是我要找的（A）；然后到下一个</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>What was judged</source>
   <translation>已判定的内容</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Which search; all of this job, and the rounds of each</source>
   <translation>哪次搜索；这个任务的所有搜索及各自的各轮</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>{judged} of {count} judged: {accepted} like the target, {rejected} not.</source>
   <translation>已判定 {judged}/{count}：{accepted} 个像目标，{rejected} 个不像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>✓ &amp;More like this</source>
   <translation>✓ 要更多这样的(&amp;M)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>✗ N&amp;ot like this</source>
   <translation>✗ 不是这样的(&amp;O)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/page.py" />
   <source>Look for earlier searches</source>
   <translation>查找以前的搜索</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/page.py" />
   <source>Search</source>
   <translation>搜索</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/page.py" />
   <source>The search has ended. It lies in the job that was open when it began: {folder}</source>
   <translation>搜索已结束。结果在开始时打开的任务中：{folder}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/part.py" />
   <source>No box is drawn on the image to search.</source>
   <translation>搜索影像上没有画方框。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/part.py" />
   <source>Press Draw, and draw it.</source>
   <translation>请按“绘制”并画出方框。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/part.py" />
   <source>Press Show first.</source>
   <translation>请先按“显示”。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/part.py" />
   <source>The image to search is not shown.</source>
   <translation>没有显示搜索影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/part.py" />
   <source>This image has no place on a planet, so no box can be drawn on it: search the whole image.</source>
   <translation>这幅影像没有天体位置，因此无法在上面画方框：请搜索整幅影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>About {count} places are compared.</source>
   <translation>约比较 {count} 个地点。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>Proposed: {why}.</source>
   <translation>建议：{why}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>Such a chip has only {real} real pixels of the coarser image a side; the model wants {px}. Make it larger.</source>
   <translation>这样的切片每边只有较粗影像的 {real} 个真实像元；模型需要 {px} 个。请把它调大。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>That is too many: make step or chip larger, or search a smaller area.</source>
   <translation>太多了：请加大步长或切片，或搜索更小的区域。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>That takes a while; a larger step is faster.</source>
   <translation>这需要一段时间；更大的步长更快。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>The model was trained at {low} to {high} m a pixel and would see {scale} m here.</source>
   <translation>模型训练时为每像元 {low} 至 {high} m，这里会是 {scale} m。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>Without a scale a chip is counted in pixels: those that the model takes.</source>
   <translation>没有比例尺时，切片以像元计：即模型接受的像元数。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>as large as the smallest target</source>
   <translation>与最小的目标一样大</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>half of the model's pixels are real ones; the target is smaller, so ground around it counts too</source>
   <translation>模型的像元有一半是真实的；目标更小，因此周围的地面也计入</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>within the scales that the model was trained at</source>
   <translation>在模型训练的尺度之内</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>{px} pixels of {size} m, those of the coarser image</source>
   <translation>{px} 个 {size} m 的像元，取较粗影像的</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>⚠ The ground to search is smaller than one chip ({size}).</source>
   <translation>⚠ 要搜索的地面小于一个切片（{size}）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>1 match</source>
   <translation>1 个匹配</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>Distance {distance}: 0 is the same picture, larger is less alike.</source>
   <translation>距离 {distance}：0 表示相同的图像，越大越不像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>No place could be compared: all of the searched ground is empty or without texture.</source>
   <translation>没有可比较的地点：搜索区全部为空或没有纹理。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>Of places taken at random from the searched ground, {share} % are at least as near to the target (percentile).</source>
   <translation>从搜索区随机抽取的地点中，有 {share} % 至少与目标同样近（百分位）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>Weak: even the best match says little.</source>
   <translation>弱：最好的匹配也说明不了什么。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>Weak: {reason}</source>
   <translation>弱：{reason}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>Weak: {weak} (marked ⚠).</source>
   <translation>弱匹配：{weak} 个（标有 ⚠）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>You said: more like this.</source>
   <translation>您的判定：要更多这样的。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>You said: not like this.</source>
   <translation>您的判定：不是这样的。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>chance gives as much.</source>
   <translation>随机也能得到这样的结果。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>column {x}, row {y}</source>
   <translation>第 {x} 列，第 {y} 行</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>distance {distance}</source>
   <translation>距离 {distance}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>like your verdicts: {score} %</source>
   <translation>符合您的判定：{score} %</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>nearer than all random places that were tried</source>
   <translation>比试过的所有随机地点都近</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>nearer than {share} % of random places</source>
   <translation>比 {share} % 的随机地点更近</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>not compared with random places</source>
   <translation>没有与随机地点比较</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>weak: {near}</source>
   <translation>弱：{near}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>{count} matches</source>
   <translation>{count} 个匹配</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>{count}. The best is {near}.</source>
   <translation>{count}。最好的一个：{near}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/running_search.py" />
   <source>Find analogues</source>
   <translation>查找相似地貌</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/running_search.py" />
   <source>Keep the search</source>
   <translation>保存搜索</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/running_search.py" />
   <source>Prepare the round</source>
   <translation>准备这一轮</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/running_search.py" />
   <source>Prepare the search</source>
   <translation>准备搜索</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/running_search.py" />
   <source>Search again with verdicts</source>
   <translation>按判定再次搜索</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/running_search.py" />
   <source>Tidy up</source>
   <translation>清理</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/running_search.py" />
   <source>{algorithm} is not there. Switch MarsCD off and on in the plugin manager.</source>
   <translation>{algorithm} 不存在。请在插件管理器中关闭并重新启用 MarsCD。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/search_panel.py" />
   <source>&amp;Find analogues</source>
   <translation>查找相似地貌(&amp;F)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/search_panel.py" />
   <source>1  What to look for</source>
   <translation>1  找什么</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/search_panel.py" />
   <source>2  Where to search</source>
   <translation>2  在哪里找</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/search_panel.py" />
   <source>3  How</source>
   <translation>3  怎样找</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/search_panel.py" />
   <source>Compare every place of the searched ground with the target</source>
   <translation>把搜索区的每一处与目标比较</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/search_panel.py" />
   <source>Stop within a second or two; what was computed is kept for the next try</source>
   <translation>一两秒内停止；已计算的会保留，供下次使用</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/search_panel.py" />
   <source>What is missing</source>
   <translation>还缺什么</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>First add an image that shows what you look for.</source>
   <translation>请先添加显示您要找的地貌的影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Look for models</source>
   <translation>查找模型</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Next: add an image to search (step 2).</source>
   <translation>下一步：添加要搜索的影像（第 2 步）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Next: mark a target on the map (step 1).</source>
   <translation>下一步：在地图上标出目标（第 1 步）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Nothing was searched.</source>
   <translation>没有进行搜索。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Only one of the two images has a scale, so they cannot be compared: choose another.</source>
   <translation>两幅影像中只有一幅有比例尺，因此无法比较：请另选一幅。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Press Draw, and draw the box on the image's map.</source>
   <translation>请按“绘制”，在影像的地图上画出方框。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Searching {image}</source>
   <translation>正在搜索 {image}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Stopped. Nothing half-finished was kept.</source>
   <translation>已停止。未完成的内容没有保留。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>The ground to search is smaller than one chip: make the chip smaller, or search more ground.</source>
   <translation>要搜索的地面小于一个切片：请缩小切片，或搜索更多地面。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>The map does not show {body}: this image and its matches get a view of their own.</source>
   <translation>地图显示的不是{body}：这幅影像及其匹配会有自己的视图。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>The models are being looked at…</source>
   <translation>正在查看模型…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>{name} is marked on {there}, and the image of the target shows {here}.</source>
   <translation>{name} 标在 {there} 上，而目标影像显示的是 {here}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/side_view.py" />
   <source>A map of its own: QGIS's map lies on another body, where these coordinates mean another place. Drag to move, turn the wheel to zoom.</source>
   <translation>单独的地图：QGIS 的地图位于另一天体上，在那里这些坐标指的是别处。拖动可移动，滚轮可缩放。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/side_view.py" />
   <source>Map of the other body</source>
   <translation>另一天体的地图</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/side_view.py" />
   <source>MarsCD: other body</source>
   <translation>MarsCD：另一天体</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/side_view.py" />
   <source>Show the whole image</source>
   <translation>显示整幅影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/side_view.py" />
   <source>Zoom in</source>
   <translation>放大</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/side_view.py" />
   <source>Zoom out</source>
   <translation>缩小</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/stored.py" />
   <source>Start a new job, or delete searches there.</source>
   <translation>请开始新任务，或删除其中的搜索。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/stored.py" />
   <source>Start a new search.</source>
   <translation>请开始新的搜索。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/stored.py" />
   <source>{folder} is full.</source>
   <translation>{folder} 已满。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/stored.py" />
   <source>{names} and {count} more</source>
   <translation>{names} 等另 {count} 个</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/stored.py" />
   <source>{number}: {targets} in {image}</source>
   <translation>{number}：{image} 中的 {targets}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>&amp;Image of the target</source>
   <translation>目标影像(&amp;I)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>&amp;Polygon</source>
   <translation>多边形(&amp;P)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Click its corners on the map; right click or Enter ends, Esc leaves</source>
   <translation>在地图上单击各顶点；右键或回车结束，Esc 退出</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Drag over the map, or click two opposite corners; Esc leaves</source>
   <translation>在地图上拖动，或单击两个对角；Esc 退出</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Draw a &amp;box</source>
   <translation>画方框(&amp;B)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Image of the target</source>
   <translation>目标影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>M&amp;ore</source>
   <translation>更多(&amp;O)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Mark what you look for: draw a box around it on the map. Several boxes of one landform find more than one.</source>
   <translation>请标出您要找的地貌：在地图上围绕它画方框。同一地貌的几个方框比一个找得更多。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Nothing needs to be marked: an image cut out to show just the landform, for example</source>
   <translation>不需要标出任何东西：例如裁剪后只显示该地貌的影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Polygons of a layer</source>
   <translation>图层中的多边形</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Polygons of a layer, or a place of the paper that this method comes from</source>
   <translation>图层中的多边形，或本方法所依据论文中的地点</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Remove the chosen target (Delete)</source>
   <translation>移除选中的目标（Delete）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Show the chosen target on the map</source>
   <translation>在地图上显示选中的目标</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Shows the place on the map of Mars and marks it</source>
   <translation>在火星地图上显示该地点并标出</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Targets</source>
   <translation>目标</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Targets of the paper (Mars)</source>
   <translation>论文的目标（火星）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>The &amp;whole image is the target</source>
   <translation>整幅影像是目标(&amp;W)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>The image of the target does not show this place: choose another image, or remove it.</source>
   <translation>目标影像没有显示此地点：请另选影像，或移除它。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>The image that shows what you look for; it may lie on Mars or on Earth</source>
   <translation>显示您要找的地貌的影像；可以在火星或地球上</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>The project has no image yet: add one with +, or fetch one in the step Fetch.</source>
   <translation>工程中还没有影像：请用 + 添加，或在“下载”步骤中下载。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>The project has no polygon layer</source>
   <translation>工程中没有多边形图层</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>{layer}: all</source>
   <translation>{layer}：全部</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>{layer}: {count} selected</source>
   <translation>{layer}：选中 {count} 个</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>{name}: {landform}</source>
   <translation>{name}：{landform}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>{size} across. Double click or F2: another name. Enter: show it. Delete: remove it.</source>
   <translation>宽 {size}。双击或 F2：改名。回车：显示。Delete：移除。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/targets.py" />
   <source>Mark a target first.</source>
   <translation>请先标出目标。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/targets.py" />
   <source>Mark the targets again.</source>
   <translation>请重新标出目标。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/targets.py" />
   <source>Nothing is marked.</source>
   <translation>没有标出任何东西。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/targets.py" />
   <source>Target {number}</source>
   <translation>目标 {number}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/targets.py" />
   <source>{path} cannot be read.</source>
   <translation>无法读取 {path}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/terrain.py" />
   <source>QGIS's 3D view shows the map's body only, and this distance lies on another: see the picture.</source>
   <translation>QGIS 三维视图只显示地图所在的天体，而这个距离位于另一天体：请看图片。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/terrain.py" />
   <source>QGIS's 3D view wants a map in metres: choose the map True to scale here in the step Area first. Or see the picture of the surface.</source>
   <translation>QGIS 三维视图需要以米为单位的地图：请先在“区域”步骤中选择地图“此处按真实比例”。或者看曲面的图片。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/terrain.py" />
   <source>The project's terrain is the distance now. Open View &gt; 3D Map Views &gt; New 3D Map View. Project &gt; Properties &gt; Terrain sets it back.</source>
   <translation>工程的地形现在是距离。请打开 视图 &gt; 3D地图视图 &gt; 新建3D地图视图。在 工程 &gt; 属性 &gt; 地形 中可以改回。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/views.py" />
   <source>{image} (MarsCD)</source>
   <translation>{image}（MarsCD）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>&amp;Draw</source>
   <translation>绘制(&amp;D)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>A box that I draw</source>
   <translation>我画的方框</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>Add the image to search with +: a file, or the web address of a cloud-optimised GeoTIFF.</source>
   <translation>请用 + 添加要搜索的影像：文件，或云优化 GeoTIFF 的网址。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>Draw the box on the image's map: drag, or click two opposite corners; Esc leaves</source>
   <translation>在影像的地图上画方框：拖动，或单击两个对角；Esc 退出</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>Image to &amp;search</source>
   <translation>搜索影像(&amp;S)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>Image to search</source>
   <translation>搜索影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>S&amp;earch in</source>
   <translation>搜索范围(&amp;E)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>S&amp;how</source>
   <translation>显示(&amp;H)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>Search only a part: quicker, and chance is measured on that part</source>
   <translation>只搜索一部分：更快，且随机性在该部分上衡量</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>Show this image: on the map, or in a view of its own where the map lies on another body</source>
   <translation>显示这幅影像：在地图上，或当地图位于另一天体时在自己的视图中</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>The whole image</source>
   <translation>整幅影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>What its map shows now</source>
   <translation>其地图现在显示的部分</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>Where to look for the same kind of ground: an image of Mars or of Earth, as large as you like</source>
   <translation>在哪里找同类地面：火星或地球的影像，大小不限</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/describe.py" />
   <source>all longitudes</source>
   <translation>所有经度</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/describe.py" />
   <source>all round the planet</source>
   <translation>环绕整个行星</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/describe.py" />
   <source>{a} to {b}</source>
   <translation>{a} 至 {b}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/describe.py" />
   <source>{middle}, in {place}</source>
   <translation>{middle}，位于 {place} 内</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/describe.py" />
   <source>{middle}, near {place}</source>
   <translation>{middle}，靠近 {place}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/describe.py" />
   <source>{size} km²</source>
   <translation>{size} km²</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source> km</source>
   <translation> km</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>&amp;East</source>
   <translation>东(&amp;E)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>&amp;Layer</source>
   <translation>图层(&amp;L)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>&amp;North</source>
   <translation>北(&amp;N)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>&amp;Place</source>
   <translation>地点(&amp;P)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>&amp;Radius</source>
   <translation>半径(&amp;R)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>&amp;Use as area</source>
   <translation>用作区域(&amp;U)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>&amp;West</source>
   <translation>西(&amp;W)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>A named place, or coordinates: longitude (east) and latitude</source>
   <translation>地名，或坐标：经度（东）和纬度</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>A place and a radius</source>
   <translation>地点和半径</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Degrees: longitudes count eastwards (0 to 360, or -180 to 180), latitudes are planetocentric (angles at the planet's centre), south negative. West 170 and east 190 go across 180.</source>
   <translation>单位为度：经度向东计（0 至 360，或 -180 至 180），纬度为行星中心纬度（在行星中心量的角度），南纬为负。西 170、东 190 即跨过 180 度。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>How far from the middle of the place, along the ground</source>
   <translation>从地点中心沿地面量的距离</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Its selected polygons are used; all of them where none is selected</source>
   <translation>使用其中选中的多边形；没有选中时使用全部</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Move and zoom the map until it shows what you want to watch.</source>
   <translation>移动和缩放地图，直到显示您要监测的地方。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Other ways to say where</source>
   <translation>指定位置的其他方法</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Place</source>
   <translation>地点</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Polygon layer</source>
   <translation>多边形图层</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Radius</source>
   <translation>半径</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Set the area from what is given above</source>
   <translation>按上面给出的内容设定区域</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Sou&amp;th</source>
   <translation>南(&amp;T)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Take the area from something that is there already</source>
   <translation>用已有的内容作为区域</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>West, south, east, north</source>
   <translation>西、南、东、北</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>What the map shows</source>
   <translation>地图当前显示的范围</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>&amp;Basemap</source>
   <translation>底图(&amp;B)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>&amp;Go</source>
   <translation>前往(&amp;G)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>&amp;Map</source>
   <translation>地图(&amp;M)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>&amp;Start a Mars project</source>
   <translation>新建火星工程(&amp;S)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>1  Map of Mars</source>
   <translation>1  火星地图</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>2  Go to a place</source>
   <translation>2  前往某地</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>A crater, mountain, valley or landing site, or longitude (east) and latitude</source>
   <translation>陨石坑、山、谷或着陆点，或者经度（东）和纬度</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Add the offline basemap again, or another online map</source>
   <translation>重新添加离线底图，或添加另一幅在线地图</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Gives the project a coordinate system of Mars, so that lengths are right, and adds a map of the planet</source>
   <translation>为工程设置火星坐标系，使长度正确，并添加一幅行星地图</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>How the planet is laid flat. Whole planet: in degrees; QGIS's measuring tool is right, shapes are stretched away from the equator. The others are in metres and keep shapes around a pole, or around your area; QGIS cannot measure on them and shows no number.</source>
   <translation>行星如何展成平面。整个行星：以度为单位；QGIS 的测量工具正确，远离赤道处形状会拉伸。其余以米为单位，在极点周围或您的区域周围保持形状；QGIS 无法在其上测量，也不显示数值。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>North pole</source>
   <translation>北极</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Offline picture, graticule and names</source>
   <translation>离线影像、经纬网和地名</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Place to go to</source>
   <translation>要前往的地点</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Show this place on the map</source>
   <translation>在地图上显示这个地点</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Shows the surroundings of the pole undistorted, in metres</source>
   <translation>无变形地显示极点周围，以米为单位</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>So near a pole this map is stretched.</source>
   <translation>离极点这么近，这幅地图会拉伸。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>South pole</source>
   <translation>南极</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>The open project is not on Mars yet.</source>
   <translation>当前工程还不在火星上。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>True to scale here</source>
   <translation>此处按真实比例</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Use the pola&amp;r map</source>
   <translation>使用极区地图(&amp;R)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Whole planet</source>
   <translation>整个行星</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>&amp;Draw a rectangle</source>
   <translation>绘制矩形(&amp;D)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>&amp;Find observations</source>
   <translation>查找观测(&amp;F)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>3  Mark the area</source>
   <translation>3  标出区域</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>Area</source>
   <translation>区域</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>Click its corners on the map; right click or Enter ends</source>
   <translation>在地图上点击各顶点；右键或回车结束</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>Drag over the map, or click two opposite corners</source>
   <translation>在地图上拖动，或点击两个对角</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>Draw a &amp;polygon</source>
   <translation>绘制多边形(&amp;P)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>Mark an area first</source>
   <translation>请先标出区域</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>Or take it from:</source>
   <translation>或取自：</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>See which images of this area there are, and from when</source>
   <translation>查看这个区域有哪些影像，以及拍摄时间</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>The map does not show Mars. Start a Mars project first.</source>
   <translation>地图显示的不是火星。请先新建火星工程。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>&amp;Clear</source>
   <translation>清除(&amp;C)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>&amp;Outline</source>
   <translation>轮廓(&amp;O)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>&amp;Zoom to it</source>
   <translation>缩放至此(&amp;Z)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>Forget this area</source>
   <translation>放弃这个区域</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>Measured on the sphere of Mars, radius {radius} km</source>
   <translation>在火星球面上量得，半径 {radius} km</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>No area yet: draw one, or take it from one of the sources above.</source>
   <translation>还没有区域：请绘制，或从上面的来源中选取。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>Show all of the area on the map</source>
   <translation>在地图上显示整个区域</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>Show its outline on the map</source>
   <translation>在地图上显示其轮廓</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>The middle of the area: latitude, and longitude counted eastwards</source>
   <translation>区域中心：纬度，以及向东计的经度</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Add one to the project, or draw the area.</source>
   <translation>请在工程中添加一个，或绘制区域。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Choose a layer on Mars. If its coordinates are Mars's after all, set its CRS to IAU_2015:49900 first.</source>
   <translation>请选择火星上的图层。如果其坐标确实是火星的，请先将其坐标参照系设为 IAU_2015:49900。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Choose another layer, or draw the area.</source>
   <translation>请选择另一个图层，或绘制区域。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>No place is named.</source>
   <translation>没有给出地点。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Nothing was selected: all {count} polygons are used.</source>
   <translation>没有选中：使用全部 {count} 个多边形。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Select {most} at most, or dissolve them into one first.</source>
   <translation>最多选 {most} 个，或先将它们融合为一个。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Start a Mars project first.</source>
   <translation>请先新建火星工程。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>The map does not show Mars.</source>
   <translation>地图显示的不是火星。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>The map shows more than half of the planet.</source>
   <translation>地图显示了超过半个行星。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>The map shows nothing of Mars.</source>
   <translation>地图没有显示火星的任何部分。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>There is no polygon layer.</source>
   <translation>没有多边形图层。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Type a name such as Gale, or coordinates such as 202.3 E 41.6 S.</source>
   <translation>请输入地名，如 Gale，或坐标，如 202.3 E 41.6 S。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Zoom in to the part you mean, or draw the area.</source>
   <translation>请放大到所需部分，或绘制区域。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Zoom to the planet first.</source>
   <translation>请先缩放到行星。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>{count} polygons are selected in {layer}.</source>
   <translation>{layer} 中选中了 {count} 个多边形。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>{layer} does not say which body it lies on: read as degrees of Mars, east-positive.</source>
   <translation>{layer} 没有说明位于哪个天体：按火星的度数读取，东经为正。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>{layer} lies on {body} ({crs}).</source>
   <translation>{layer} 位于 {body}（{crs}）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area_file.py" />
   <source>Choose a folder you may write to.</source>
   <translation>请选择您可以写入的文件夹。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area_file.py" />
   <source>{path} could not be written.</source>
   <translation>无法写入 {path}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area_file.py" />
   <source>{path} could not be written: {error}.</source>
   <translation>无法写入 {path}：{error}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Apart: {list}.</source>
   <translation>相差：{list}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Before is the later date: what appeared will be called faded. Swap them.</source>
   <translation>“之前”的日期反而较晚：出现的会被称为消退。请对调两者。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Both are the same image: choose two different dates.</source>
   <translation>两者是同一幅影像：请选择两个不同的日期。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Compares badly ({score} of 1): look before you believe.</source>
   <translation>可比性差（满分 1，得 {score}）：先看清楚再相信。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Compares fairly ({score} of 1).</source>
   <translation>可比性一般（满分 1，得 {score}）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Compares well ({score} of 1).</source>
   <translation>可比性好（满分 1，得 {score}）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Layer of the project: {source}</source>
   <translation>工程图层：{source}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>The seasons lie {angle}° of Ls apart: frost and dust may differ.</source>
   <translation>季节相差 {angle}° Ls：霜和尘可能不同。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>The sun shone from {angle}° elsewhere (azimuth): shadows differ.</source>
   <translation>太阳照射方向相差 {angle}°（方位角）：阴影不同。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>The sun stood {angle}° from overhead (incidence).</source>
   <translation>太阳偏离天顶 {angle}°（入射角）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>The sun was {angle}° higher in one of them (incidence): shading differs.</source>
   <translation>其中一幅太阳高 {angle}°（入射角）：明暗不同。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>These are not of one series: After is laid on Before first (registered), and the light is unknown.</source>
   <translation>它们不属于同一序列：先把“之后”对到“之前”上（配准），光照未知。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>They look from {angle}° different slants (emission): relief shifts.</source>
   <translation>观察角度相差 {angle}°（出射角）：地形会错位。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Together they cover at most {share} % of the place.</source>
   <translation>两者合起来最多覆盖该处的 {share} %。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>season {angle}° of Ls</source>
   <translation>季节 {angle}° Ls</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>sun's direction {angle}°</source>
   <translation>太阳方向 {angle}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>sun's height {angle}°</source>
   <translation>太阳高度 {angle}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>{date}  ·  MY {year}, Ls {ls}°</source>
   <translation>{date}  ·  MY {year}, Ls {ls}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>{days} days between them.</source>
   <translation>两者相隔 {days} 天。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source> m²</source>
   <translation> m²</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>&amp;After</source>
   <translation>之后(&amp;A)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>&amp;Before</source>
   <translation>之前(&amp;B)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>&amp;Threshold</source>
   <translation>阈值(&amp;T)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Alike light makes alike pictures: then what differs is the ground. Ls (solar longitude) is the season, 0 to 360°; incidence is how far the sun stands from overhead; azimuth is where it shines from.</source>
   <translation>光照相近则影像相近：不同之处就是地面。Ls（太阳黄经）表示季节，0 至 360°；入射角是太阳偏离天顶的角度；方位角是阳光照来的方向。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>B&amp;link first</source>
   <translation>先闪烁查看(&amp;L)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Best &amp;pair</source>
   <translation>最佳影像对(&amp;P)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Build one in the step Series, or add two raster layers of the same place to the project.</source>
   <translation>请在“序列”步骤中构建，或在工程中添加同一地点的两个栅格图层。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Build one in the step Series, or compare two raster layers of the project below.</source>
   <translation>请在“序列”步骤中构建，或在下面比较工程中的两个栅格图层。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Changes smaller than this, in square metres, are left out</source>
   <translation>小于此面积（平方米）的变化会略去</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Choose the two dates whose light is most alike</source>
   <translation>选择光照最相近的两个日期</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Compare again</source>
   <translation>重新比较</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Compare all dates</source>
   <translation>比较所有日期</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Compare all dates ({count} pairs)</source>
   <translation>比较所有日期（{count} 对）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Compare just the part of the images that the map window shows: quick to try</source>
   <translation>只比较地图窗口中显示的部分：便于快速试验</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Compare the two images and map what changed</source>
   <translation>比较两幅影像并绘出变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Detect changes</source>
   <translation>检测变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Go to &amp;Series</source>
   <translation>前往“序列”(&amp;S)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>How well the two compare</source>
   <translation>两者的可比程度</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Look at both in turn on the map before anything is computed</source>
   <translation>计算之前先在地图上交替查看两幅影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Only what the map shows no&amp;w</source>
   <translation>仅地图显示的部分(&amp;W)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Options</source>
   <translation>选项</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Show what was found then; nothing is computed</source>
   <translation>显示当时的结果；不进行计算</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Smallest chan&amp;ge</source>
   <translation>最小变化(&amp;G)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Swap Before and After</source>
   <translation>对调之前和之后</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>The earlier image: what the ground was</source>
   <translation>较早的影像：地面原来的样子</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>The fewest pairs that compare every date, one after the other</source>
   <translation>用最少的影像对依次比较每个日期</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>The later image: what the ground became</source>
   <translation>较晚的影像：地面变成的样子</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>The series has one date only, and a comparison needs two.</source>
   <translation>序列只有一个日期，而比较需要两个。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>The step that lays images of several dates on each other</source>
   <translation>把多个日期的影像相互配准的步骤</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>There is no series of images yet.</source>
   <translation>还没有影像序列。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>any size</source>
   <translation>任意大小</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/export.py" />
   <source>CSV table (*.csv)</source>
   <translation>CSV 表格 (*.csv)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/export.py" />
   <source>Choose another name.</source>
   <translation>请换一个名称。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/export.py" />
   <source>Compare the pair again.</source>
   <translation>请重新比较这对影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/export.py" />
   <source>FlatGeobuf (*.fgb)</source>
   <translation>FlatGeobuf (*.fgb)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/export.py" />
   <source>GeoJSON (*.geojson)</source>
   <translation>GeoJSON (*.geojson)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/export.py" />
   <source>GeoJSON cannot say that it lies on Mars: coordinates are degrees of longitude (east) and latitude, and other programs will draw them on Earth. GeoPackage keeps Mars.</source>
   <translation>GeoJSON 无法说明自己位于火星：坐标为经度（东）和纬度的度数，其他程序会把它画在地球上。GeoPackage 会保留火星信息。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/export.py" />
   <source>GeoPackage (*.gpkg)</source>
   <translation>GeoPackage (*.gpkg)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/export.py" />
   <source>GeoTIFF (*.tif)</source>
   <translation>GeoTIFF (*.tif)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/export.py" />
   <source>{source} cannot be opened.</source>
   <translation>无法打开 {source}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/export.py" />
   <source>{target} is the file itself.</source>
   <translation>{target} 就是该文件本身。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/exporter.py" />
   <source>Save as</source>
   <translation>另存为</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/exporter.py" />
   <source>Save {path}</source>
   <translation>保存 {path}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/exporter.py" />
   <source>Saved {count} changes in {path}.</source>
   <translation>已将 {count} 处变化保存到 {path}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/exporter.py" />
   <source>Saved {path}.</source>
   <translation>已保存 {path}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/exporter.py" />
   <source>{path} is the result itself.</source>
   <translation>{path} 就是结果本身。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/exporter.py" />
   <source>{path} is there already.</source>
   <translation>{path} 已存在。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>Apply the threshold</source>
   <translation>应用阈值</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>Count probabilities</source>
   <translation>统计概率</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>Making mask and outlines at {threshold}</source>
   <translation>按阈值 {threshold} 生成掩膜和轮廓</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>No web browser was found. The report is {path}</source>
   <translation>没有找到网页浏览器。报告位于 {path}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>Read the changes</source>
   <translation>读取变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>Read the images</source>
   <translation>读取影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>Stopped; the former mask and outlines stand.</source>
   <translation>已停止；保留原来的掩膜和轮廓。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>Write the report</source>
   <translation>写报告</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/map_layers.py" />
   <source>Changed ground (mask)</source>
   <translation>变化的地面（掩膜）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/map_layers.py" />
   <source>Changes (outlines)</source>
   <translation>变化（轮廓）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/map_layers.py" />
   <source>Changes {before} - {after}</source>
   <translation>变化 {before} - {after}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/map_layers.py" />
   <source>Probability of change</source>
   <translation>变化概率</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>A pixel of these images is {size} m, which this model never saw: expect misses and false alarms.</source>
   <translation>这些影像的像元为 {size} m，该模型从未见过：可能漏检和误报。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>Choose a model file (.onnx) first.</source>
   <translation>请先选择模型文件（.onnx）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>Look at the model</source>
   <translation>查看模型</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>Looking at the model…</source>
   <translation>正在查看模型…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>Made for pixels of {trained}.</source>
   <translation>适用于 {trained} 的像元。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>The neural network that compares the two images</source>
   <translation>比较两幅影像的神经网络</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>Trained on simulated change only.</source>
   <translation>仅用模拟的变化训练。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>Will run on: {device}.</source>
   <translation>将运行于：{device}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>{low} to {high} m</source>
   <translation>{low} 至 {high} m</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>{size} m</source>
   <translation>{size} m</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>Choose the models' zip</source>
   <translation>选择模型的 zip 文件</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>Download them from the plugin's release</source>
   <translation>从插件的发布页下载</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>Each model is checked against its checksum before it is put in its place</source>
   <translation>每个模型在安装前都会核对校验和</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>From a file (marscd_models-….zip)…</source>
   <translation>从文件安装（marscd_models-….zip）…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>Install models</source>
   <translation>安装模型</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>Install models…</source>
   <translation>安装模型…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>Installing the models…</source>
   <translation>正在安装模型…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>The plugin came without its models ({names}): install them once.</source>
   <translation>插件未附带模型（{names}）：请安装一次。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>Zip files (*.zip)</source>
   <translation>Zip 文件 (*.zip)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time.py" />
   <source>Changes over all dates</source>
   <translation>所有日期的变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time.py" />
   <source>Comparing all {count} dates</source>
   <translation>正在比较全部 {count} 个日期</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time.py" />
   <source>Look for changes over all dates</source>
   <translation>查找所有日期的变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time.py" />
   <source>The dates were not compared.</source>
   <translation>日期没有比较。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_layers.py" />
   <source>Changes over time</source>
   <translation>随时间的变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_layers.py" />
   <source>Changes over time (outlines)</source>
   <translation>随时间的变化（轮廓）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_layers.py" />
   <source>First seen</source>
   <translation>首次出现</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_layers.py" />
   <source>Last seen</source>
   <translation>最后出现</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_layers.py" />
   <source>Look for changes over all dates again.</source>
   <translation>请重新查找所有日期的变化。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_layers.py" />
   <source>Number of dates</source>
   <translation>日期数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>&amp;Look for</source>
   <translation>查找(&amp;L)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>&amp;Report</source>
   <translation>报告(&amp;R)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Any change against the first image</source>
   <translation>相对第一幅影像的任何变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Build a series of four or more dates in the step Series first.</source>
   <translation>请先在“序列”步骤中构建四个或更多日期的序列。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Changes by class</source>
   <translation>按类别的变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Compare the dates with one another, and tell what came and stays, what comes again, and what one bad image made up</source>
   <translation>相互比较各个日期，说明什么出现后一直在、什么会再来、什么只是一幅不好的影像造成的</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Compares all {count} dates of the series with one another: when did each place change, does it stay, does it come again each Mars Year?</source>
   <translation>相互比较序列的全部 {count} 个日期：各处何时变化、是否一直在、是否每个火星年再来？</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Detect over all &amp;dates</source>
   <translation>检测所有日期(&amp;D)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Frost, ice, bright deposits</source>
   <translation>霜、冰、亮的沉积物</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Model {model}, changes from {area} m² on: as chosen under Compare.</source>
   <translation>模型 {model}，不小于 {area} m² 的变化：按“比较”中的选择。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Model {model}, changes of any size: as chosen under Compare.</source>
   <translation>模型 {model}，任意大小的变化：按“比较”中的选择。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>No change was found.</source>
   <translation>没有发现变化。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Open the report in the web browser</source>
   <translation>在网页浏览器中打开报告</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Put first seen, last seen and the outlines on the map again</source>
   <translation>把首次出现、最后出现和轮廓重新放到地图上</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>S&amp;how on map</source>
   <translation>在地图上显示(&amp;H)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Slope lineae, fresh streaks, most new impacts</source>
   <translation>坡面条纹、新条痕、多数新撞击</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>The series has {count} dates. With fewer than four, one bad image can look like a change: nothing will be called certain.</source>
   <translation>序列有 {count} 个日期。少于四个时，一幅不好的影像就可能看起来像变化：不会把任何变化说成确定。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Unconfirmed: only the first or the last image shows it, the next one will tell. Single: one image alone shows it, with others before and after: most likely the image.</source>
   <translation>未证实：只有第一幅或最后一幅影像显示，下一幅会说明。单独：只有一幅影像显示，前后都有其他影像：很可能是影像本身的问题。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>What will be compared</source>
   <translation>将要比较的内容</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Which look of a place counts as the change being there</source>
   <translation>一处地面呈现什么样子才算变化存在</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>brighter ground</source>
   <translation>更亮的地面</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>darker ground</source>
   <translation>更暗的地面</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>whatever the first date was not</source>
   <translation>与第一个日期不同的一切</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>{count} came and stay</source>
   <translation>{count} 处出现后一直在</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>{count} came, stay and grow</source>
   <translation>{count} 处出现后一直在并扩大</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>{count} come again in another Mars Year</source>
   <translation>{count} 处在另一火星年再次出现</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>{count} come and go</source>
   <translation>{count} 处时有时无</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>{count} faded</source>
   <translation>{count} 处消退</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>{count} single (suspicious)</source>
   <translation>{count} 处单独（可疑）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>{count} unconfirmed</source>
   <translation>{count} 处未证实</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>⚠ {images}: as a whole unlike the other images. What only this shows is not drawn.</source>
   <translation>⚠ {images}：整体上与其他影像不同。只有它显示的内容不画出。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>Changed ground (m²)</source>
   <translation>变化的地面（m²）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>MY {year}</source>
   <translation>MY {year}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>Seasonal curve</source>
   <translation>季节曲线</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>Solar longitude Ls, the season (°)</source>
   <translation>太阳黄经 Ls，即季节（°）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>This date sees only a part of the ground that ever changed.</source>
   <translation>该日期只看到曾有变化的地面的一部分。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>This image as a whole looks unlike the others: glare, haze, frost or misregistration.</source>
   <translation>该影像整体上与其他影像不同：眩光、雾霾、霜或配准不良。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>{area} m² changed ground is there</source>
   <translation>此时有 {area} m² 变化的地面</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>{count} dates; the largest changed area is {area} m².</source>
   <translation>{count} 个日期；最大的变化面积为 {area} m²。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>{date}, Mars Year {year}, solar longitude {longitude}°</source>
   <translation>{date}，火星年 {year}，太阳黄经 {longitude}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>({number} of {count})</source>
   <translation>（{number} / {count}）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>All dates</source>
   <translation>所有日期</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Compare</source>
   <translation>比较</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Compared before: {count} changes at threshold {threshold}.</source>
   <translation>以前比较过：阈值 {threshold} 时有 {count} 处变化。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Comparing {pair}</source>
   <translation>正在比较 {pair}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Look for earlier comparisons</source>
   <translation>查找以前的比较</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Look through</source>
   <translation>浏览</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Plan the pairs</source>
   <translation>规划影像对</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Stopped. {count} finished pairs are kept.</source>
   <translation>已停止。保留 {count} 对已完成的结果。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Teach</source>
   <translation>训练</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>{count} of these pairs were compared before and are kept.</source>
   <translation>其中 {count} 对以前比较过，予以保留。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>{pair} was not compared.</source>
   <translation>没有比较 {pair}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/preview.py" />
   <source>&amp;Apply</source>
   <translation>应用(&amp;A)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/preview.py" />
   <source>&amp;Back</source>
   <translation>返回(&amp;B)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/preview.py" />
   <source>At {threshold}, {share} % of the ground would be marked.</source>
   <translation>阈值 {threshold} 时，会标出 {share} % 的地面。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/preview.py" />
   <source>Back to the threshold of the mask and the outlines</source>
   <translation>回到掩膜和轮廓的阈值</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/preview.py" />
   <source>Make mask and outlines at this threshold; the network does not run again</source>
   <translation>按此阈值生成掩膜和轮廓；网络不会重新运行</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/preview.py" />
   <source>The map shows a preview; mask, outlines and list are still those of {threshold}.</source>
   <translation>地图显示的是预览；掩膜、轮廓和列表仍是阈值 {threshold} 的。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/queue.py" />
   <source>Compare {pair}</source>
   <translation>比较 {pair}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/queue.py" />
   <source>Report of {pair}</source>
   <translation>{pair} 的报告</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/queue.py" />
   <source>Writing the report</source>
   <translation>正在写报告</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>&amp;Export</source>
   <translation>导出(&amp;E)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>&amp;List from</source>
   <translation>列出不小于(&amp;L)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>({count} hidden)</source>
   <translation>（隐藏 {count} 处）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Be&amp;fore</source>
   <translation>之前(&amp;F)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Changes as FlatGeobuf…</source>
   <translation>变化存为 FlatGeobuf…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Changes as GeoJSON…</source>
   <translation>变化存为 GeoJSON…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Changes as GeoPackage…</source>
   <translation>变化存为 GeoPackage…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Least area</source>
   <translation>最小面积</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Least probability</source>
   <translation>最小概率</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>List only changes of at least this area, in square metres</source>
   <translation>只列出面积不小于此值（平方米）的变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>List only changes of at least this mean probability</source>
   <translation>只列出平均概率不小于此值的变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Mask as GeoTIFF…</source>
   <translation>掩膜存为 GeoTIFF…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Next change</source>
   <translation>下一处变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Next change (N, or Alt+Down)</source>
   <translation>下一处变化（N 或 Alt+↓）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Nothing was compared in this folder yet. Choose two dates in the tab Compare.</source>
   <translation>这个文件夹里还没有比较过。请在“比较”选项卡中选择两个日期。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Open the report of this pair in the web browser</source>
   <translation>在网页浏览器中打开这对影像的报告</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Pa&amp;ir</source>
   <translation>影像对(&amp;I)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Pressed: the earlier image lies under the outlines; else the later one. The key B goes to and fro.</source>
   <translation>按下：轮廓下面是较早的影像；否则是较晚的。按 B 键来回切换。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Previous change</source>
   <translation>上一处变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Previous change (P, or Alt+Up)</source>
   <translation>上一处变化（P 或 Alt+↑）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Save the listed changes, the table or the mask for other programs</source>
   <translation>保存所列变化、表格或掩膜，供其他程序使用</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Table as CSV…</source>
   <translation>表格存为 CSV…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Which two dates; all that were compared in this folder</source>
   <translation>哪两个日期；这个文件夹中比较过的全部</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>pr&amp;obability</source>
   <translation>概率(&amp;O)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>{before} with {after}; threshold {threshold}, computed on {device}.</source>
   <translation>{before} 与 {after}；阈值 {threshold}，在 {device} 上计算。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>{now} of {shown}</source>
   <translation>{now} / {shown}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>{shown} listed</source>
   <translation>列出 {shown} 处</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>&amp;Missed</source>
   <translation>漏检(&amp;M)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>&amp;Undo</source>
   <translation>撤消(&amp;U)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>; {count} drawn as missed</source>
   <translation>；作为漏检画出 {count}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>Accept it with an outline that you draw on the map (D); Esc leaves</source>
   <translation>接受它，并在地图上画出轮廓（D）；Esc 退出</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>Draw a change that was not found (M); Esc leaves</source>
   <translation>画出没有找到的变化（M）；Esc 退出</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>Judge changes to keep what is right, and to teach the model.</source>
   <translation>判定变化，以保留正确的，并用来训练模型。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>Re&amp;draw</source>
   <translation>重画(&amp;D)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>Remove the last change drawn</source>
   <translation>移除最后画出的变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>Remove the last change that you drew as missed</source>
   <translation>移除最后作为漏检画出的变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>Take the verdict on this change back (U)</source>
   <translation>收回对这处变化的判定（U）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>This is a change (A); then the next one</source>
   <translation>这是变化（A）；然后到下一处</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>This is no change (R); then the next one</source>
   <translation>这不是变化（R）；然后到下一处</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>{judged} of {count} judged: {accepted} accepted, {rejected} rejected</source>
   <translation>已判定 {judged}/{count}：接受 {accepted}，拒绝 {rejected}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>✓ &amp;Accept</source>
   <translation>✓ 接受(&amp;A)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>✗ &amp;Reject</source>
   <translation>✗ 拒绝(&amp;J)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_layer.py" />
   <source>Judged changes</source>
   <translation>已判定的变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_layer.py" />
   <source>accepted</source>
   <translation>接受</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_layer.py" />
   <source>rejected</source>
   <translation>拒绝</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>An outline needs at least three corners; this has {count}.</source>
   <translation>轮廓至少需要三个顶点；现有 {count} 个。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>Choose the pair again.</source>
   <translation>请重新选择影像对。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>Click at three places or more, then finish with a right click or Enter.</source>
   <translation>点击三处或更多，然后按右键或回车结束。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>Draw it on the image.</source>
   <translation>请画在影像上。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>Keep the review</source>
   <translation>保存审阅</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>Read the review</source>
   <translation>读取审阅</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>Take corners back with Backspace.</source>
   <translation>请用退格键收回顶点。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>The outline crosses itself, or nothing is inside.</source>
   <translation>轮廓自相交，或里面没有内容。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>The outline lies where the image has no place.</source>
   <translation>轮廓位于影像范围之外。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>The pair's outlines are not on the map.</source>
   <translation>影像对的轮廓不在地图上。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>This change's outline is not on the map; choose the pair again.</source>
   <translation>这处变化的轮廓不在地图上；请重新选择影像对。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>1 change</source>
   <translation>1 处变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>; {share} % of the compared ground</source>
   <translation>；占所比较地面的 {share} %</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>No change was found at threshold {threshold}.</source>
   <translation>阈值 {threshold} 时没有发现变化。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>Raise the threshold.</source>
   <translation>请提高阈值。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>size unknown (the images have no place on Mars)</source>
   <translation>大小未知（影像在火星上没有位置）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>{area} m²</source>
   <translation>{area} m²</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>{count} changes</source>
   <translation>{count} 处变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>{count}, {size}, {appeared} appeared and {faded} faded</source>
   <translation>{count}，{size}，{appeared} 处出现，{faded} 处消退</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>{polygons} cannot be opened.</source>
   <translation>无法打开 {polygons}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>{polygons} holds more than {most:,} changes.</source>
   <translation>{polygons} 中的变化超过 {most:,} 处。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>{polygons} lacks {columns}.</source>
   <translation>{polygons} 缺少 {columns}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>After</source>
   <translation>之后</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Area on Mars's sphere, in square metres</source>
   <translation>火星球面上的面积，平方米</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Area, m²</source>
   <translation>面积，m²</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Azimuth, °</source>
   <translation>方位角，°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Before</source>
   <translation>之前</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Changes</source>
   <translation>变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Click a change to go there; click a heading to sort; N and P: next and previous; B: Before</source>
   <translation>点击一处变化即前往；点击表头排序；N 和 P：下一处和上一处；B：之前</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Date of the earlier image (UTC)</source>
   <translation>较早影像的日期（UTC）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Date of the later image (UTC)</source>
   <translation>较晚影像的日期（UTC）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Direction</source>
   <translation>方向</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Highest</source>
   <translation>最高</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Highest probability in the change, 0 to 1</source>
   <translation>该变化中的最高概率，0 至 1</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Length along the change, in metres</source>
   <translation>沿变化的长度，米</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Length, m</source>
   <translation>长度，m</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Mean probability over the change, 0 to 1</source>
   <translation>该变化的平均概率，0 至 1</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Mean width: area divided by length, in metres</source>
   <translation>平均宽度：面积除以长度，米</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>No.</source>
   <translation>编号</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Number of the change; 1 is the largest</source>
   <translation>变化的编号；1 为最大</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Probability</source>
   <translation>概率</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Which way it runs: degrees clockwise from north, 0 to 180; empty where it is round</source>
   <translation>走向：从北顺时针计的度数，0 至 180；圆形的为空</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Width, m</source>
   <translation>宽度，m</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>appeared</source>
   <translation>出现</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>appeared: darker in After than in Before, against the ground around; faded: brighter</source>
   <translation>出现：相对周围地面，“之后”比“之前”更暗；消退：更亮</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>faded</source>
   <translation>消退</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source> min</source>
   <translation> 分钟</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>&amp;Start from</source>
   <translation>起始模型(&amp;S)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>&amp;Train</source>
   <translation>开始训练(&amp;T)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>&amp;Use this model</source>
   <translation>使用此模型(&amp;U)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Accepted</source>
   <translation>接受</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>At least {least} of each are needed, on ground apart.</source>
   <translation>每种至少需要 {least} 处，且位于分开的地面。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Before and after</source>
   <translation>之前和之后</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Before and after, in full, in the browser</source>
   <translation>在浏览器中查看训练前后的完整结果</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Choose it in the tab Compare</source>
   <translation>在“比较”标签页中选择它</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>F1 {before} → {after}.</source>
   <translation>F1 {before} → {after}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>How long to learn at most; few verdicts need less, and it stops by itself</source>
   <translation>最多学习多久；判定少时需要的时间更短，会自行停止</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>I looked through these pairs &amp;wholly</source>
   <translation>我已全部浏览这些影像对(&amp;W)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>It does worse than the model it was taught from: keep that one.</source>
   <translation>它不如起始模型：请保留起始模型。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>It finds less of other (simulated) change than before; see the report.</source>
   <translation>它找到的其他（模拟）变化比之前少；请看报告。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Judged pair</source>
   <translation>已判定的影像对</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Judged pairs</source>
   <translation>已判定的影像对</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Learn f&amp;or</source>
   <translation>学习时间(&amp;O)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Learn in a process of its own; QGIS stays free. Started again after a stop, it goes on where it was</source>
   <translation>在单独的进程中学习；QGIS 不受影响。停止后再次开始会从原处继续</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>New &amp;name</source>
   <translation>新名称(&amp;N)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Nothing was judged in this folder yet. Compare two dates, then press A or R in Look through.</source>
   <translation>这个文件夹中还没有判定。请先比较两个日期，然后在“浏览”中按 A 或 R。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Number of verdicts</source>
   <translation>判定数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>On ground that was kept out of the learning:</source>
   <translation>在未参与学习的地面上：</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Rejected</source>
   <translation>拒绝</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Stop within a few seconds; train again with the same settings to go on</source>
   <translation>几秒内停止；用相同的设置再次训练即可继续</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Teach a model from what you accepted and rejected in the tab Look through.</source>
   <translation>用您在“浏览”标签页中接受和拒绝的变化训练模型。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>The model that is taught further; it stays as it is</source>
   <translation>在其基础上继续训练的模型；它本身保持不变</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>The new model's name in the list of models: letters, digits, dots and dashes</source>
   <translation>新模型在模型列表中的名称：字母、数字、点和短横线</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>The pairs of this folder in which changes were judged</source>
   <translation>这个文件夹中有变化被判定的影像对</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Then whatever has no outline counts as no change. Leave it off where only some changes were judged</source>
   <translation>此时没有轮廓的地方都算作无变化。如果只判定了一部分变化，请不要勾选</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>These are few: judge more to be sure.</source>
   <translation>数量太少：请多判定一些以便确定。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>With fewer than {fair} of each, expect little, and trust the figures little.</source>
   <translation>每种少于 {fair} 处时，不要期望太多，数字也不太可信。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>found {after} of {count} accepted changes (before: {before});</source>
   <translation>{count} 处接受的变化中找到 {after} 处（之前：{before}）；</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>still flags {after} of {count} rejected ones (before: {before}).</source>
   <translation>{count} 处拒绝的仍标出 {after} 处（之前：{before}）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>{accepted} accepted and {rejected} rejected changes.</source>
   <translation>接受 {accepted} 处变化，拒绝 {rejected} 处。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>Count the verdicts</source>
   <translation>统计判定</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>Give the new one another name.</source>
   <translation>请给新模型另取名称。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>Stopped. Train again with the same settings to go on.</source>
   <translation>已停止。用相同的设置再次训练即可继续。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>Teach a change model</source>
   <translation>训练变化模型</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>Teaching {name}</source>
   <translation>正在训练 {name}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>The model was not taught.</source>
   <translation>模型没有训练。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>The model {name} is among the models now.</source>
   <translation>模型 {name} 已加入模型列表。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>There is a model {name} already.</source>
   <translation>已有名为 {name} 的模型。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>Use letters, digits, dots and dashes, beginning with a letter or digit.</source>
   <translation>请使用字母、数字、点和短横线，以字母或数字开头。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>{name} is no name for a model.</source>
   <translation>{name} 不能作为模型名称。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/threshold.py" />
   <source>Back to the threshold that the model was tuned at</source>
   <translation>回到模型调校时的阈值</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/threshold.py" />
   <source>Model's</source>
   <translation>模型的</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/threshold.py" />
   <source>The probability from which ground counts as changed. Lower finds more, and more that is no change; higher finds less.</source>
   <translation>从此概率起地面算作有变化。越低找到越多，误报也越多；越高找到越少。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/threshold.py" />
   <source>Threshold</source>
   <translation>阈值</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/threshold.py" />
   <source>Threshold as a number</source>
   <translation>阈值数值</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/child.py" />
   <source>QGIS's own Python was not found.</source>
   <translation>没有找到 QGIS 自带的 Python。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/child.py" />
   <source>The step's process ended unexpectedly (code {code}). Run it again; QGIS's log has its last words.</source>
   <translation>该步骤的进程意外结束（代码 {code}）。请重新运行；QGIS 日志中有其最后的输出。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/axes.py" />
   <source>N autumn</source>
   <translation>北秋</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/axes.py" />
   <source>N spring</source>
   <translation>北春</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/axes.py" />
   <source>N summer</source>
   <translation>北夏</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/axes.py" />
   <source>N winter</source>
   <translation>北冬</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>A above and B below the line, instead of left and right of it</source>
   <translation>A 在线上方、B 在线下方，而不是左右两侧</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>A on one side of a line on the map, B on the other; drag the line. Esc ends it.</source>
   <translation>地图上一条线的一侧显示 A，另一侧显示 B；拖动这条线。Esc 结束。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Any raster layer of the project: an image of the series, or another one</source>
   <translation>工程中的任何栅格图层：序列中的影像或其他影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Blin&amp;k</source>
   <translation>闪烁(&amp;K)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Choose two different images as A and B first.</source>
   <translation>请先为 A 和 B 选择两幅不同的影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Drag the line on the map, or move it with the arrow keys. Esc ends.</source>
   <translation>在地图上拖动这条线，或用方向键移动。Esc 结束。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Exchange A and B</source>
   <translation>对调 A 和 B</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Go on</source>
   <translation>继续</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Hold the picture that is shown (Space on the map; then ← shows A, → shows B)</source>
   <translation>停在当前影像（地图上按空格；然后 ← 显示 A，→ 显示 B）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>How many pictures a second</source>
   <translation>每秒显示多少幅影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Image {letter}</source>
   <translation>影像 {letter}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Line from left to rig&amp;ht</source>
   <translation>横线（从左到右）(&amp;H)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>On the map: Space holds, ← and → choose, Esc ends.</source>
   <translation>在地图上：空格停住，← 和 → 选择，Esc 结束。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Pa&amp;use</source>
   <translation>暂停(&amp;U)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>S&amp;wipe</source>
   <translation>卷帘(&amp;W)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Show A and B in turn on the map: what changed seems to move. Esc ends it.</source>
   <translation>在地图上交替显示 A 和 B：变化之处看上去会动。Esc 结束。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Sp&amp;eed</source>
   <translation>速度(&amp;E)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>{rate} a second</source>
   <translation>每秒 {rate} 幅</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>Brightness (I/F)</source>
   <translation>亮度 (I/F)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>Ls {longitude}°</source>
   <translation>Ls {longitude}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>Mars Year {year}, solar longitude {longitude}°</source>
   <translation>火星年 {year}，太阳黄经 {longitude}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>No data here</source>
   <translation>此处没有数据</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>No point was chosen yet.</source>
   <translation>还没有选择点。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>No point yet: press “Click a point”, then click on the images.</source>
   <translation>还没有点：请按“点击一个点”，然后在影像上点击。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>Profile of the point</source>
   <translation>该点的剖面</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>Value {value}</source>
   <translation>数值 {value}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>unknown (no data)</source>
   <translation>未知（没有数据）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>{before} to {after}: probability of change {value}</source>
   <translation>{before} 至 {after}：变化概率 {value}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>{count} of {all} images have a value at {place}, from {low} to {high}.</source>
   <translation>{all} 幅影像中有 {count} 幅在 {place} 有数值，从 {low} 到 {high}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile.py" />
   <source>Choose one on its images.</source>
   <translation>请在其影像上选择一个点。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile.py" />
   <source>The point lies outside the series.</source>
   <translation>该点位于序列之外。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>&amp;Copy</source>
   <translation>复制(&amp;C)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>&amp;Middle of the map</source>
   <translation>地图中心(&amp;M)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Along the season</source>
   <translation>按季节</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Along the season, the Mars Years lie over each other: what comes back each year is told from what happened once. The season is the solar longitude Ls: 0° is the start of northern spring.</source>
   <translation>按季节时，各火星年相互重叠：每年重现的与只发生一次的便可区分。季节即太阳黄经 Ls：0° 为北半球春季开始。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Along time</source>
   <translation>按时间</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Build or open a series first: a profile is read from its images.</source>
   <translation>请先构建或打开序列：剖面从其影像中读取。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Click a &amp;point</source>
   <translation>点击一个点(&amp;P)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Copy the numbers as text (CSV)</source>
   <translation>将数值复制为文本 (CSV)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Horizontal axis</source>
   <translation>横轴</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>L&amp;on, lat</source>
   <translation>经度, 纬度(&amp;O)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Lar&amp;ger</source>
   <translation>放大(&amp;G)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Longitude (degrees east) and latitude (degrees north) of a point; Enter reads it</source>
   <translation>点的经度（东经度数）和纬度（北纬度数）；回车读取</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Profile of a point</source>
   <translation>点的剖面</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Show the plot in a window of its own</source>
   <translation>在单独的窗口中显示图表</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>The point in the middle of the map: needs no mouse</source>
   <translation>地图中心的点：不需要鼠标</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>The profile was copied: paste it into a spreadsheet or a text file.</source>
   <translation>剖面已复制：可粘贴到电子表格或文本文件中。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Then click on the map: the brightness there, in every image, is drawn below. Esc ends it.</source>
   <translation>然后在地图上点击：下面会画出该处在每幅影像中的亮度。Esc 结束。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>This series has no coordinates: click the point on the map instead.</source>
   <translation>这个序列没有坐标：请在地图上点击该点。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Write degrees east and north with a comma between, such as 202.30, -41.60.</source>
   <translation>请写东经和北纬度数，用逗号分隔，如 202.30, -41.60。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>“{text}” is not a longitude and a latitude.</source>
   <translation>“{text}”不是经度和纬度。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Bring the chosen images to this computer</source>
   <translation>把选中的影像下载到本机</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Compare two dates and look through what changed</source>
   <translation>比较两个日期，逐一查看变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Fetch</source>
   <translation>下载</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Find</source>
   <translation>查找</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Lay the images on each other; blink, swipe, follow a point through time</source>
   <translation>把影像相互配准；闪烁、卷帘、随时间跟踪一个点</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>MarsCD</source>
   <translation>MarsCD</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Series</source>
   <translation>序列</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Steps</source>
   <translation>步骤</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>What was seen there, and when: seasons, search, footprints</source>
   <translation>那里拍到了什么、何时拍的：季节、搜索、足迹</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Where else, on Mars or on Earth, does the ground look like this?</source>
   <translation>在火星或地球上，还有哪里的地面像这里？</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Where on Mars: start a Mars project, find a place, draw an area</source>
   <translation>火星上的哪里：新建火星工程、查找地点、绘制区域</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/draw/drawing.py" />
   <source>Click corner after corner on the map. Esc: leave.</source>
   <translation>在地图上逐个点击顶点。Esc：退出。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/draw/drawing.py" />
   <source>Drag over the map, or click two opposite corners. Esc: leave.</source>
   <translation>在地图上拖动，或点击两个对角。Esc：退出。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/draw/drawing.py" />
   <source>{count} corners. Right click or Enter: done. Backspace: one back. Esc: leave.</source>
   <translation>{count} 个顶点。右键或回车：完成。退格：撤回一个。Esc：退出。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/draw/drawing.py" />
   <source>{count} of at least 3 corners. Backspace: one back. Esc: leave.</source>
   <translation>{count} 个顶点，至少需要 3 个。退格：撤回一个。Esc：退出。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/controller.py" />
   <source>Another fetch is running. Wait until it has ended, then resume this one.</source>
   <translation>另一项下载正在进行。请等它结束后再继续这一项。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/controller.py" />
   <source>End a fetch</source>
   <translation>结束下载</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/controller.py" />
   <source>Look for interrupted fetches</source>
   <translation>查找中断的下载</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/controller.py" />
   <source>There is nothing left to resume in {folder}.</source>
   <translation>{folder} 中没有可继续的内容。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/controller.py" />
   <source>{text} The page Fetch says why.</source>
   <translation>{text}“下载”页面会说明原因。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>&amp;Build series</source>
   <translation>构建序列(&amp;B)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>&amp;Cancel</source>
   <translation>取消(&amp;C)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>&amp;Pause</source>
   <translation>暂停(&amp;P)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>&amp;Resume</source>
   <translation>继续(&amp;R)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>&amp;Try this file again</source>
   <translation>重试这个文件(&amp;T)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>&amp;Try {count} failed again</source>
   <translation>重试 {count} 个失败的文件(&amp;T)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>About the file</source>
   <translation>关于这个文件</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Ask the archive once more for all files that failed</source>
   <translation>向档案库重新请求所有失败的文件</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Ask the archive once more for this file</source>
   <translation>向档案库重新请求这个文件</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Copy its &amp;address</source>
   <translation>复制地址(&amp;A)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Copy the address</source>
   <translation>复制地址</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Copy the file's address, to open it in a browser</source>
   <translation>复制文件地址，以便在浏览器中打开</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Double click on a file that failed to read why, and what to do</source>
   <translation>双击失败的文件，可看到原因和办法</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>End this fetch. What has come stays on the disk, and Start goes on from there.</source>
   <translation>结束这次下载。已下载的保留在磁盘上，按“开始”可从那里继续。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Files</source>
   <translation>文件</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Go on where it was paused</source>
   <translation>从暂停处继续</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Go on: lay the images on each other</source>
   <translation>下一步：把影像相互配准</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>How much of all has come</source>
   <translation>全部内容已下载多少</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>State of the fetch</source>
   <translation>下载状态</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Stop for now; what has come is kept, also when QGIS is closed</source>
   <translation>暂时停止；已下载的会保留，关闭 QGIS 也不丢失</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>This fetch belongs to another job, {folder}. Another can start when it has ended.</source>
   <translation>这次下载属于另一个任务 {folder}。它结束后才能开始新的下载。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Try again</source>
   <translation>重试</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>{name}: {words}</source>
   <translation>{name}：{words}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/model.py" />
   <source>File</source>
   <translation>文件</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/model.py" />
   <source>Progress</source>
   <translation>进度</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/model.py" />
   <source>{name}
{words}</source>
   <translation>{name}
{words}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/model.py" />
   <source>{name}: {state}</source>
   <translation>{name}：{state}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/page.py" />
   <source>Find the part of each image that is needed</source>
   <translation>确定每幅影像所需的部分</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/page.py" />
   <source>Finding out which part of each image your area needs…</source>
   <translation>正在确定您的区域需要每幅影像的哪一部分…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/page.py" />
   <source>Stopped; nothing is being fetched.</source>
   <translation>已停止；没有在下载。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/page.py" />
   <source>{count} images are left out. {product}: {why}.</source>
   <translation>略去 {count} 幅影像。{product}：{why}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>1 series</source>
   <translation>1 个序列</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>All pairs as a layer: the ground that both images show, with scores and reasons</source>
   <translation>所有影像对作为一个图层：两幅影像都显示的地面，附评分和原因</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>How well they compare, 0 to 1: light, view, season, pixel size and ground in common</source>
   <translation>可比程度，0 至 1：光照、观察角度、季节、像元大小和共同地面</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>No two of these images show the same ground at different times. Tick more, or others.</source>
   <translation>这些影像中没有两幅在不同时间显示同一地面。请多勾选一些，或换别的。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Pairs</source>
   <translation>影像对</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Pairs that compare best</source>
   <translation>最可比的影像对</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Pairs: none</source>
   <translation>影像对：无</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Pairs: {good} of {count} compare well</source>
   <translation>影像对：{count} 对中 {good} 对可比性好</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Plan pairs</source>
   <translation>规划影像对</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Score</source>
   <translation>评分</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Show on the &amp;map</source>
   <translation>在地图上显示(&amp;M)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>The chosen images make {series}.</source>
   <translation>所选影像构成 {series}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>The dates of the two images</source>
   <translation>两幅影像的日期</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>The footprints are not in the job's folder; search again.</source>
   <translation>足迹不在任务文件夹中；请重新搜索。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Untick images that share no ground, or no time apart, with any other chosen one</source>
   <translation>取消勾选与其他所选影像没有共同地面或没有时间间隔的影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Untick the &amp;unpaired</source>
   <translation>取消勾选无配对的(&amp;U)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Weakest</source>
   <translation>最弱项</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>What spoils the pair most</source>
   <translation>对这对影像影响最大的因素</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>What the planner says</source>
   <translation>规划结果</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Without a partner to compare with: {count}.</source>
   <translation>没有可比较对象的：{count}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>another season</source>
   <translation>季节不同</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>hardly any time between</source>
   <translation>相隔时间太短</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>little ground in common</source>
   <translation>共同地面少</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>other pixel size</source>
   <translation>像元大小不同</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>seen from elsewhere</source>
   <translation>观察方向不同</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>sun from elsewhere</source>
   <translation>太阳方向不同</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>sun higher or lower</source>
   <translation>太阳高度不同</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>{count} series</source>
   <translation>{count} 个序列</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>1 file</source>
   <translation>1 个文件</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>1 image</source>
   <translation>1 幅影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>All bytes are here; they are being checked before the file is put in its place.</source>
   <translation>所有字节已到；检查之后才放到位。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>All files are here.</source>
   <translation>所有文件都已在本机。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>All {count} files are here ({size}).</source>
   <translation>全部 {count} 个文件都已在本机（{size}）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Another fetch on this computer is bringing this file; its copy is taken when it is whole.</source>
   <translation>本机的另一次下载正在取这个文件；完整后采用其副本。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Cancelled. {count} of {total} files are here; Start goes on from there.</source>
   <translation>已取消。{total} 个文件中有 {count} 个已在本机；按“开始”可从那里继续。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Copied from another job on this computer ({size}): it was not fetched again.</source>
   <translation>从本机的另一任务复制（{size}）：没有再次下载。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Fetched, checked and in its place ({size}).</source>
   <translation>已下载、检查并就位（{size}）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Getting ready…</source>
   <translation>正在准备…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>It failed without saying why; see QGIS's log.</source>
   <translation>失败，没有说明原因；请看 QGIS 日志。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>No file could be fetched.</source>
   <translation>没有文件能够下载。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Paused. What has come is kept.</source>
   <translation>已暂停。已下载的会保留。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Paused: {amount} are here and are kept.</source>
   <translation>已暂停：已下载 {amount} 并保留。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Stopped. What has come is kept.</source>
   <translation>已停止。已下载的会保留。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Stopping…</source>
   <translation>正在停止…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>The archive does not answer as it should. It is given a rest and then asked again.</source>
   <translation>档案库的应答不正常。让它歇一会儿再请求。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>The archive failed again and again, so all its files wait a while; other archives go on.</source>
   <translation>该档案库一再失败，因此其所有文件暂等一会儿；其他档案库照常进行。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>The archive is busy; it is asked again in {count} s.</source>
   <translation>档案库繁忙；{count} 秒后再请求。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Waiting for the archive to answer…</source>
   <translation>正在等待档案库应答…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Waits for its turn: only a few files are fetched at a time, so that the archive is not overrun.</source>
   <translation>等待轮到它：每次只下载几个文件，以免档案库不堪重负。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Was here already, whole and unchanged ({size}): it was not fetched again.</source>
   <translation>原已在本机，完整且未改变（{size}）：没有重新下载。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>a few seconds left</source>
   <translation>还剩几秒</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>about a minute left</source>
   <translation>还剩约一分钟</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>about an hour left</source>
   <translation>还剩约一小时</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>about {count} hours left</source>
   <translation>还剩约 {count} 小时</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>about {count} minutes left</source>
   <translation>还剩约 {count} 分钟</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>about {count} seconds left</source>
   <translation>还剩约 {count} 秒</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>already here, {size}</source>
   <translation>已在本机，{size}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>another fetch brings it</source>
   <translation>另一次下载正在取</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>archive rests, {count} s</source>
   <translation>档案库暂歇，{count} 秒</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>asking the archive</source>
   <translation>正在请求档案库</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>checking</source>
   <translation>正在检查</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>damaged, set aside</source>
   <translation>已损坏，另置</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>done, {size}</source>
   <translation>完成，{size}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>failed</source>
   <translation>失败</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>more than a day left</source>
   <translation>还剩一天以上</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>next try in {count} s</source>
   <translation>{count} 秒后重试</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>paused</source>
   <translation>已暂停</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>paused at {percent} %</source>
   <translation>暂停于 {percent} %</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>refused</source>
   <translation>被拒绝</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>waits for its turn</source>
   <translation>等待轮到它</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{amount}, {rate}, {count} requests so far.</source>
   <translation>{amount}，{rate}，至今 {count} 次请求。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{amount}, {rate}: slowed by the limit in MarsCD's settings.</source>
   <translation>{amount}，{rate}：受 MarsCD 设置中的上限限制。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{count} files</source>
   <translation>{count} 个文件</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{count} images</source>
   <translation>{count} 幅影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{count} of {total} files</source>
   <translation>{count} / {total} 个文件</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{count} of {total} files could not be fetched.</source>
   <translation>{total} 个文件中有 {count} 个未能下载。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{count} of {total} files failed; the others are here.</source>
   <translation>{total} 个文件中有 {count} 个失败；其余已在本机。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{files}, {amount}</source>
   <translation>{files}，{amount}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{here} of {total}</source>
   <translation>{here} / {total}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{number} GB</source>
   <translation>{number} GB</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{number} MB</source>
   <translation>{number} MB</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{number} kB</source>
   <translation>{number} kB</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{percent} %, {rate}</source>
   <translation>{percent} %，{rate}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{rate}, {left}</source>
   <translation>{rate}，{left}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{size}, full size not known</source>
   <translation>{size}，总大小未知</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{size}/s</source>
   <translation>{size}/s</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{words}, {count} failed</source>
   <translation>{words}，{count} 个失败</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source> MB</source>
   <translation> MB</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>&amp;RED images only</source>
   <translation>仅 RED 影像(&amp;R)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>&amp;RED images only (colour strips left out: {count})</source>
   <translation>仅 RED 影像（略去彩色条带：{count}）(&amp;R)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>&amp;Start</source>
   <translation>开始(&amp;S)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>All is here: go on to lay the images on each other</source>
   <translation>全部已在本机：下一步把影像相互配准</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>At most &amp;images</source>
   <translation>最多影像数(&amp;I)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>At most i&amp;n all</source>
   <translation>最多总量(&amp;N)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Bring the files; it can be paused at any time and goes on where it was</source>
   <translation>下载文件；随时可以暂停，之后从断点继续</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Choose images on the page &amp;Find</source>
   <translation>在“查找”页面选择影像(&amp;F)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Fetch at most so many images, the earliest first; the others are left out</source>
   <translation>最多下载这么多影像，最早的优先；其余略去</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>HiRISE takes a wide black-and-white image (RED) and a narrow colour strip in its middle (COLOR).
Series and comparisons are made of RED images; colour strips are only to look at.</source>
   <translation>HiRISE 拍摄宽幅黑白影像（RED），以及其中央的窄彩色条带（COLOR）。
序列和比较用 RED 影像；彩色条带仅供查看。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Images whose size the archive does not say: {count}.</source>
   <translation>档案库未给出大小的影像：{count}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Into a new folder in {folder}</source>
   <translation>存入 {folder} 中的新文件夹</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Into {folder}</source>
   <translation>存入 {folder}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Leave out images that would take the sum of their sizes above this</source>
   <translation>略去会使总大小超过此值的影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Limits</source>
   <translation>限制</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Look at what is to be fetched</source>
   <translation>查看要下载的内容</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Looking at what is here already…</source>
   <translation>正在查看本机已有的内容…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>No image is chosen yet.</source>
   <translation>还没有选择影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Of a HiRISE image only the bytes that your area needs are fetched, often a few in a hundred. A wider
area later fetches only what is missing. Otherwise, or where the archive cannot do it, whole images.</source>
   <translation>对 HiRISE 影像只下载您的区域需要的字节，常常只占百分之几。以后区域扩大时，
只下载缺少的部分。否则，或档案库做不到时，下载整幅影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Only colour strips are chosen, and a series is made of RED images. Tick RED images on Find.</source>
   <translation>只选了彩色条带，而序列用 RED 影像。请在“查找”页面勾选 RED 影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Only the &amp;part my area needs</source>
   <translation>仅我的区域所需的部分(&amp;P)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Search for images of your area and tick those to bring</source>
   <translation>搜索您区域的影像，勾选要下载的</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>The disk has too little room: {short} more are needed than are free. Free some space, set a limit, or open a folder on another disk (at the top of the dock).</source>
   <translation>磁盘空间不足：还差 {short}。请腾出空间、设置限制，或打开另一磁盘上的文件夹（在面板顶部）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>The limits leave nothing to fetch: they leave out {images}.</source>
   <translation>限制之下没有可下载的内容：略去了 {images}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>The limits leave out {images}.</source>
   <translation>限制略去了 {images}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Warning</source>
   <translation>警告</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>What will be fetched</source>
   <translation>将要下载的内容</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>no limit</source>
   <translation>不限</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>{images} in {files}: all are here already ({size}).</source>
   <translation>{images}，共 {files}：全部已在本机（{size}）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>{images} in {files}: {size} if they were fetched whole; only the part your area needs will be.</source>
   <translation>{images}，{files}：整幅下载为 {size}；只会下载您的区域所需的部分。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>{images} in {files}: {size} to bring.</source>
   <translation>{images}，共 {files}：要下载 {size}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>{size} are free on the disk.</source>
   <translation>磁盘可用空间 {size}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>{size} are here already.</source>
   <translation>{size} 已在本机。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/record.py" />
   <source>Delete it, and start the fetch again from the page Fetch: files that are here are not fetched twice.</source>
   <translation>请删除它，然后在“下载”页面重新开始：本机已有的文件不会再次下载。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/record.py" />
   <source>a file in it is not described as it should be</source>
   <translation>其中一个文件的描述不正确</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/record.py" />
   <source>it is too large</source>
   <translation>它太大</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/record.py" />
   <source>its state is unknown</source>
   <translation>其状态未知</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/record.py" />
   <source>{path} cannot be read ({error}).</source>
   <translation>无法读取 {path}（{error}）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/status.py" />
   <source>MarsCD is fetching images. Click to see the files.</source>
   <translation>MarsCD 正在下载影像。点击查看文件。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/status.py" />
   <source>MarsCD {percent} %: {state}</source>
   <translation>MarsCD {percent} %：{state}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/unfinished.py" />
   <source>&amp;Not now</source>
   <translation>暂不(&amp;N)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/unfinished.py" />
   <source>A fetch of {files} was interrupted ({amount} are here).</source>
   <translation>{files} 的下载被中断（已有 {amount}）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/unfinished.py" />
   <source>Leave it; it is offered again when QGIS is started the next time</source>
   <translation>先不管；下次启动 QGIS 时会再次提示</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/unfinished.py" />
   <source>Open its folder and fetch what is missing</source>
   <translation>打开其文件夹，下载缺少的部分</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/unfinished.py" />
   <source>{text} More in other folders: {count}.</source>
   <translation>{text}其他文件夹中还有：{count}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>Clear the filter, or search first.</source>
   <translation>请清除筛选，或先搜索。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>None of the listed products can be used for a series.</source>
   <translation>所列产品都不能用于序列。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>Nothing is listed to choose from.</source>
   <translation>列表中没有可选的内容。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>Only {product} can be used: a series needs at least two dates.</source>
   <translation>只有 {product} 可用：序列至少需要两个日期。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>Series are made of RED products that cover the area: clear the filter, or search a longer time.</source>
   <translation>序列由覆盖该区域的 RED 产品构成：请清除筛选，或搜索更长的时间。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>each covers at least {share} % of the area</source>
   <translation>每幅至少覆盖区域的 {share} %</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>each covers the whole area</source>
   <translation>每幅都覆盖整个区域</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>season within {angle}° of Ls</source>
   <translation>季节相差不超过 {angle}° Ls</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>sun direction</source>
   <translation>太阳方向</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>sun height</source>
   <translation>太阳高度</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>viewing angle</source>
   <translation>观察角</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>{count} RED images chosen over {years} Mars Years. They compare best with {product}: {reasons}.</source>
   <translation>在 {years} 个火星年中选了 {count} 幅 RED 影像。它们与 {product} 最可比：{reasons}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>{what} within {angle}°</source>
   <translation>{what}相差不超过 {angle}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/choosing.py" />
   <source>Choosing the best for a series</source>
   <translation>正在选择最适合序列的影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/choosing.py" />
   <source>Coverage of the choice</source>
   <translation>所选影像的覆盖</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/facts.py" />
   <source>Nothing chosen yet: tick images in the table.</source>
   <translation>还没有选择：请在表格中勾选影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/facts.py" />
   <source>cover {share} % of the area</source>
   <translation>覆盖区域的 {share} %</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/facts.py" />
   <source>size of {count} not known</source>
   <translation>{count} 个大小未知</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/facts.py" />
   <source>{count} chosen</source>
   <translation>已选 {count} 个</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/facts.py" />
   <source>{size} here already</source>
   <translation>{size} 已在本机</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/facts.py" />
   <source>{size} to fetch</source>
   <translation>要下载 {size}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/footprints.py" />
   <source>Chosen</source>
   <translation>已选</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/footprints.py" />
   <source>Footprints</source>
   <translation>足迹</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/footprints.py" />
   <source>Mars Year {year}</source>
   <translation>火星年 {year}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/footprints.py" />
   <source>Mars Year {year} on</source>
   <translation>火星年 {year} 起</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/loading.py" />
   <source>Reading the footprints was stopped.</source>
   <translation>足迹的读取已停止。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/loading.py" />
   <source>Search a smaller area or a shorter time.</source>
   <translation>请搜索更小的区域或更短的时间。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/loading.py" />
   <source>Search again: it is written anew.</source>
   <translation>请重新搜索：它会重新生成。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/loading.py" />
   <source>{path} cannot be opened as a footprint layer.</source>
   <translation>无法将 {path} 作为足迹图层打开。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/loading.py" />
   <source>{path} holds {count:,} rows.</source>
   <translation>{path} 有 {count:,} 行。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>Choose Mars Years to see the dates.</source>
   <translation>选择火星年即可看到日期。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>Dates (UTC): {dates}</source>
   <translation>日期（UTC）：{dates}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>Ls {range}</source>
   <translation>Ls {range}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>MY {years}</source>
   <translation>MY {years}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>No date fits all of this: the UTC dates lie outside the Mars Years or the season.</source>
   <translation>没有日期满足全部条件：UTC 日期在火星年或季节之外。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>S autumn</source>
   <translation>南秋</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>S spring</source>
   <translation>南春</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>S summer</source>
   <translation>南夏</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>S winter</source>
   <translation>南冬</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>and dated {dates}</source>
   <translation>且日期为 {dates}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>and {count} more, the last {dates}</source>
   <translation>还有 {count} 段，最后一段 {dates}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>any date</source>
   <translation>任何日期</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>any time</source>
   <translation>任何时间</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>between Ls {start}° and {end}° ({names})</source>
   <translation>Ls {start}° 至 {end}°（{names}）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>from {date}</source>
   <translation>{date} 起</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>in Mars Years {years}</source>
   <translation>火星年 {years}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>in any Mars Year</source>
   <translation>任何火星年</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>in any season</source>
   <translation>任何季节</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>northern autumn</source>
   <translation>北半球秋季</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>northern spring</source>
   <translation>北半球春季</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>northern summer</source>
   <translation>北半球夏季</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>northern winter</source>
   <translation>北半球冬季</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>parts of all seasons</source>
   <translation>各个季节的一部分</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>southern autumn</source>
   <translation>南半球秋季</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>southern spring</source>
   <translation>南半球春季</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>southern summer</source>
   <translation>南半球夏季</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>southern winter</source>
   <translation>南半球冬季</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>until {date}</source>
   <translation>至 {date}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>with the sun at most {angle}° from overhead</source>
   <translation>太阳偏离天顶不超过 {angle}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>{first} to {last}</source>
   <translation>{first} 至 {last}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>{instruments} images taken {years}</source>
   <translation>{instruments} 影像，拍摄于{years}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>{these} and {last}</source>
   <translation>{these}和{last}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/overviews.py" />
   <source>Overview of {product}</source>
   <translation>{product} 的概览图</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/overviews.py" />
   <source>The overview of {product} is on its way.</source>
   <translation>正在获取 {product} 的概览图。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>&amp;Fetch chosen</source>
   <translation>下载所选(&amp;F)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Ask the archives what they hold of your area in that season</source>
   <translation>询问档案库在该季节有您区域的哪些影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Close programs that use {path}, and search again.</source>
   <translation>请关闭正在使用 {path} 的程序，再重新搜索。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>First choose an area (step Area).</source>
   <translation>请先选择区域（“区域”步骤）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Go on to bring the ticked images to this computer</source>
   <translation>下一步：把勾选的影像下载到本机</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Progress of the search</source>
   <translation>搜索进度</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Reading the footprints</source>
   <translation>正在读取足迹</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Sea&amp;rch</source>
   <translation>搜索(&amp;R)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Searching the archives …</source>
   <translation>正在搜索档案库 …</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Show plot and table here again</source>
   <translation>在这里重新显示图表和表格</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>State of the search</source>
   <translation>搜索状态</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Stop the search; what was found before stays</source>
   <translation>停止搜索；以前找到的会保留</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Stopping …</source>
   <translation>正在停止 …</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>The archives hold nothing that fits. Widen the season or the years, or move the area.</source>
   <translation>档案库中没有符合的内容。请放宽季节或年份，或移动区域。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>The area or the season changed since the search: search again to see what fits.</source>
   <translation>搜索之后区域或季节变了：请重新搜索。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>The footprints could not be kept: {reason}.</source>
   <translation>无法保存足迹：{reason}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>The map is not of Mars. Start a Mars project first (step Area).</source>
   <translation>地图不是火星的。请先新建火星工程（“区域”步骤）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>The results are in their own window. Bring them &amp;back</source>
   <translation>结果在单独的窗口中。收回到这里(&amp;B)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>The search was stopped. What was found before is still shown.</source>
   <translation>搜索已停止。仍显示以前找到的内容。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>There is no area yet. Draw or choose one in the step Area.</source>
   <translation>还没有区域。请在“区域”步骤中绘制或选择。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>What the choice covers and weighs</source>
   <translation>所选影像覆盖多少、有多大</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>When</source>
   <translation>时间</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>When: {season}</source>
   <translation>时间：{season}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Which archive answered</source>
   <translation>哪个档案库应答了</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>{count} images chosen.</source>
   <translation>已选 {count} 幅影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>{count} products found.</source>
   <translation>找到 {count} 个产品。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/pictures.py" />
   <source>The archive has no picture of it (it answered {status}).</source>
   <translation>档案库没有它的图片（应答 {status}）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/pictures.py" />
   <source>The picture that the archive sent is damaged or absurdly large.</source>
   <translation>档案库发来的图片已损坏或大得离谱。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/pictures.py" />
   <source>The picture that the archive sent is damaged.</source>
   <translation>档案库发来的图片已损坏。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/pictures.py" />
   <source>What the archive sent is no JPEG or PNG picture.</source>
   <translation>档案库发来的不是 JPEG 或 PNG 图片。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/plot.py" />
   <source>Nothing found yet</source>
   <translation>还没有找到内容</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/plot.py" />
   <source>Plot of what exists: Mars Years against season</source>
   <translation>已有影像图：火星年对季节</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/plot.py" />
   <source>The table below holds the same products and works by keyboard.</source>
   <translation>下面的表格有同样的产品，可用键盘操作。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/plot.py" />
   <source>and {count} more here</source>
   <translation>此处还有 {count} 个</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/plot.py" />
   <source>{product}: {date} UTC, MY {year}, Ls {ls}°, {season}</source>
   <translation>{product}：{date} UTC，MY {year}，Ls {ls}°，{season}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>Mars Year {year}, Ls {ls}°, {season}</source>
   <translation>火星年 {year}，Ls {ls}°，{season}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>The archive's browse image of {product}</source>
   <translation>档案库中 {product} 的浏览图</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>The image in hand</source>
   <translation>当前影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>The picture is on its way.</source>
   <translation>图片正在传来。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>Thumbnail</source>
   <translation>缩略图</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>no picture</source>
   <translation>没有图片</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>seen {angle}° off straight down</source>
   <translation>偏离垂直 {angle}° 观察</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>sun {angle}° from overhead</source>
   <translation>太阳偏离天顶 {angle}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>taken together with {products}</source>
   <translation>与 {products} 同时拍摄</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>&amp;Copy the product's name</source>
   <translation>复制产品名称(&amp;C)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>&amp;Copy the products' names</source>
   <translation>复制产品名称(&amp;C)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>&amp;Tick</source>
   <translation>勾选(&amp;T)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>&amp;Untick</source>
   <translation>取消勾选(&amp;U)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>&amp;Zoom to the footprint</source>
   <translation>缩放至足迹(&amp;Z)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>About the search</source>
   <translation>关于搜索</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>Col&amp;ours</source>
   <translation>颜色(&amp;O)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>Colour the footprints on the map</source>
   <translation>为地图上的足迹着色</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>Open &amp;wide</source>
   <translation>大窗口打开(&amp;W)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>Open the &amp;label in a browser</source>
   <translation>在浏览器中打开标签文件(&amp;L)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>Open the &amp;picture in a browser</source>
   <translation>在浏览器中打开图片(&amp;P)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>Show an &amp;overview on the map</source>
   <translation>在地图上显示概览图(&amp;O)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>Show plot and table in a window of their own</source>
   <translation>在单独的窗口中显示图表和表格</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>What the colours of the footprints on the map mean</source>
   <translation>地图上足迹颜色的含义</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>by Mars Year</source>
   <translation>按火星年</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>by season</source>
   <translation>按季节</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/search.py" />
   <source>Searching the archives</source>
   <translation>正在搜索档案库</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/search.py" />
   <source>Writing the area</source>
   <translation>正在写入区域</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>&amp;Not before</source>
   <translation>不早于(&amp;N)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>A date and time in UTC. It narrows the Mars Years and the season further.</source>
   <translation>UTC 日期和时间。它进一步限定火星年和季节。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>CRISM: the mineral spectrometer, about 18 m a pixel.</source>
   <translation>CRISM：矿物光谱仪，约 18 米/像元。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>CTX: the context camera, about 6 m a pixel, wide. Since 2006.</source>
   <translation>CTX：背景相机，约 6 米/像元，宽幅。2006 年起。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>End of the season, Ls</source>
   <translation>季节结束，Ls</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>HiRISE: the sharpest camera, 25 to 50 cm a pixel, narrow strips. Since 2006.</source>
   <translation>HiRISE：最清晰的相机，每像元 25 至 50 cm，窄条带。2006 年起。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Incidence: how far the sun is from overhead, in degrees. 0 is noon on the equator, 90 is sunset; long shadows hide changes.</source>
   <translation>入射角：太阳偏离天顶的角度，单位度。0 为赤道正午，90 为日落；长阴影会掩盖变化。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>L&amp;s from</source>
   <translation>Ls 从(&amp;S)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Largest in&amp;cidence</source>
   <translation>最大入射角(&amp;C)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Largest incidence angle in degrees</source>
   <translation>最大入射角，度</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>No instrument is ticked. Tick at least one.</source>
   <translation>没有勾选仪器。请至少勾选一个。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Not &amp;after</source>
   <translation>不晚于(&amp;A)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Own range of Ls</source>
   <translation>自定 Ls 范围</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>S&amp;eason</source>
   <translation>季节(&amp;E)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Season</source>
   <translation>季节</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Solar longitude Ls, the season in degrees. A start larger than the end runs through the new year.</source>
   <translation>太阳黄经 Ls，即以度表示的季节。起点大于终点时跨过新年。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Start of the season, Ls</source>
   <translation>季节开始，Ls</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>The choice in words</source>
   <translation>用文字表述的选择</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>The dates run backwards. Let the first date be before the last.</source>
   <translation>日期顺序颠倒。请让起始日期早于结束日期。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>The same ground looks alike in the same season: frost, shadows and dust come and go.</source>
   <translation>同一季节里地面相像：霜、阴影和尘来来去去。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Whole year</source>
   <translation>全年</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>to</source>
   <translation>至</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>&amp;Update the index</source>
   <translation>更新索引(&amp;U)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Bring the archives' lists of the ticked instruments to this computer, where they are newer there</source>
   <translation>若档案库中的清单更新，则把所勾选仪器的清单取到本机</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>CRISM's archive has no one list; tick HiRISE or CTX for the offline index.</source>
   <translation>CRISM 的档案库没有单一清单；离线索引请勾选 HiRISE 或 CTX。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>From: {source}</source>
   <translation>来源：{source}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>HiRISE names</source>
   <translation>HiRISE 名称</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Images that are map-projected already; read in windows, so only your area is fetched; until 2023</source>
   <translation>已作地图投影的影像；按窗口读取，只下载您的区域；截至 2023 年</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Look at the offline index</source>
   <translation>查看离线索引</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Names of images are worked out from the orbits over your area and tried one by one; slow</source>
   <translation>由经过您区域的轨道推算影像名称，逐个尝试；较慢</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>ODE (Washington University)</source>
   <translation>ODE（华盛顿大学）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Offline index</source>
   <translation>离线索引</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Progress of the index</source>
   <translation>索引的进度</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Sear&amp;ch in</source>
   <translation>搜索位置(&amp;I)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>State of the offline index</source>
   <translation>离线索引的状态</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Stop; the index that was here stays as it was</source>
   <translation>停止；原有的索引保持不变</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>The Orbital Data Explorer: HiRISE, CTX and CRISM, whole and up to date</source>
   <translation>轨道数据浏览器：HiRISE、CTX 和 CRISM，完整且最新</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>The archives' own lists on this computer: a search without any network; HiRISE and CTX</source>
   <translation>本机上的档案库清单：无需网络即可搜索；HiRISE 和 CTX</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>The first that answers of: ODE, USGS, offline index, HiRISE names</source>
   <translation>依次询问，取最先应答的：ODE、USGS、离线索引、HiRISE 名称</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>The index is new: {count} products.</source>
   <translation>索引已更新：{count} 个产品。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>The index was up to date: {count} products.</source>
   <translation>索引已是最新：{count} 个产品。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>USGS analysis-ready images</source>
   <translation>USGS 分析就绪影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Updating the index</source>
   <translation>正在更新索引</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Which archive is asked; Automatic says afterwards which one answered</source>
   <translation>询问哪个档案库；“自动”会在之后说明哪个应答了</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>{instrument}: no index here yet.</source>
   <translation>{instrument}：本机尚无索引。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>{instrument}: {count} products, list of {day}.</source>
   <translation>{instrument}：{count} 个产品，清单日期 {day}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>&amp;Best for a series</source>
   <translation>最适合序列(&amp;B)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>&amp;Untick selected rows</source>
   <translation>取消勾选选中的行(&amp;U)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Choose images to fetch: selected rows, all listed, none, or the best for a series</source>
   <translation>选择要下载的影像：选中的行、列出的全部、全不选，或最适合序列的</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Each row is one image. Tick those to fetch (space bar: all selected rows). Double click shows its place on the map. Click a heading to sort.</source>
   <translation>每行是一幅影像。勾选要下载的（空格键：所有选中的行）。双击在地图上显示其位置。点击表头排序。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Filter the table</source>
   <translation>筛选表格</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Filter: red my30 spring -color</source>
   <translation>筛选：red my30 春季 -color</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>How many are listed and chosen</source>
   <translation>列出和选中的数量</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Observations found</source>
   <translation>找到的观测</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>RED images whose light and season are most alike, and that cover the area best</source>
   <translation>光照和季节最相近、且覆盖区域最好的 RED 影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Shows rows that hold all these words: of the product, instrument, date, Mars Year (my30), season. A minus before a word leaves rows out; the word chosen shows what is ticked.</source>
   <translation>显示含有所有这些词的行：产品、仪器、日期、火星年（my30）、季节。词前加减号则排除这些行；输入“已选”显示已勾选的。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Tick &amp;all listed</source>
   <translation>勾选列出的全部(&amp;A)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Tick &amp;none</source>
   <translation>全不勾选(&amp;N)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Tick &amp;selected rows</source>
   <translation>勾选选中的行(&amp;S)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>{count} products, {chosen} chosen</source>
   <translation>{count} 个产品，已选 {chosen} 个</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>{listed} of {count} products listed, {chosen} chosen</source>
   <translation>列出 {count} 个产品中的 {listed} 个，已选 {chosen} 个</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Chosen: to be fetched and laid into a series.</source>
   <translation>已选：将下载并放入序列。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Covers</source>
   <translation>覆盖</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Date (UTC)</source>
   <translation>日期（UTC）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Emission</source>
   <translation>出射角</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>How far the camera looked from straight down, degrees. Alike is better to compare.</source>
   <translation>相机偏离垂直方向多少，单位度。相近则更可比。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>How far the sun was from overhead, degrees. Alike is better to compare.</source>
   <translation>太阳偏离天顶多少，单位度。相近则更可比。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Incidence</source>
   <translation>入射角</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Instrument</source>
   <translation>仪器</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Ls</source>
   <translation>Ls</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>MB</source>
   <translation>MB</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>MY</source>
   <translation>MY</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Mars Year: 687 days; Mars Year 1 began in April 1955.</source>
   <translation>火星年：687 天；火星年 1 始于 1955 年 4 月。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Metres on the ground for one pixel.</source>
   <translation>一个像元对应的地面米数。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Product</source>
   <translation>产品</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Size to fetch, in millions of bytes.</source>
   <translation>要下载的大小，单位百万字节。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Solar longitude, the season in degrees: 0 is the start of northern spring.</source>
   <translation>太阳黄经，以度表示的季节：0 为北半球春季开始。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>The archive's name of the image. RED is the widest, COLOR a narrow strip in colour.</source>
   <translation>影像在档案库中的名称。RED 最宽，COLOR 是彩色窄条带。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>The camera.</source>
   <translation>相机。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>The season there, in its own hemisphere.</source>
   <translation>当地所在半球的季节。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>The share of your area that the image covers.</source>
   <translation>影像覆盖您区域的比例。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>When the image was taken.</source>
   <translation>影像拍摄的时间。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>chosen</source>
   <translation>已选</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>m/px</source>
   <translation>m/px</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>not chosen</source>
   <translation>未选</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>✓</source>
   <translation>✓</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/thumbnails.py" />
   <source>No picture: the archive did not answer several times. The next search tries again.</source>
   <translation>没有图片：档案库多次没有应答。下次搜索会再试。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/thumbnails.py" />
   <source>Stopped.</source>
   <translation>已停止。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/thumbnails.py" />
   <source>The archive names no picture of it.</source>
   <translation>档案库没有给出它的图片。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/thumbnails.py" />
   <source>Thumbnails</source>
   <translation>缩略图</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/wheel.py" />
   <source>Ls {start} to {end} degrees: {names}. The arrow keys move the {which}.</source>
   <translation>Ls {start} 至 {end} 度：{names}。方向键移动：{which}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/wheel.py" />
   <source>Season wheel</source>
   <translation>季节轮</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/wheel.py" />
   <source>Solar longitude Ls: where Mars stands on its way round the sun. Ls 0 is the start of northern spring, 90 of northern summer, 180 of northern autumn, 270 of northern winter. Drag the two handles, or use Tab and the arrow keys (with Shift: ten degrees).</source>
   <translation>太阳黄经 Ls：火星绕太阳运行到了哪里。Ls 0 为北半球春季开始，90 夏季，180 秋季，270 冬季。拖动两个手柄，或用 Tab 和方向键（加 Shift：十度）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/wheel.py" />
   <source>Whole year. Arrow keys choose a part of it.</source>
   <translation>全年。方向键可选其中一部分。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/wheel.py" />
   <source>end</source>
   <translation>终点</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/wheel.py" />
   <source>start</source>
   <translation>起点</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/wide.py" />
   <source>MarsCD: observations found</source>
   <translation>MarsCD：找到的观测</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>&amp;Mars Years</source>
   <translation>火星年(&amp;M)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>A Mars Year is 687 days. Mars Year 1 began on 11 April 1955; HiRISE's first images are of Mars Year 28.</source>
   <translation>一个火星年为 687 天。火星年 1 始于 1955 年 4 月 11 日；HiRISE 最早的影像属于火星年 28。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>First Mars Year</source>
   <translation>起始火星年</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>Last Mars Year</source>
   <translation>结束火星年</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>Mars Years as a list</source>
   <translation>火星年列表</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>Write years and ranges with commas between them.</source>
   <translation>写年份和范围，用逗号分隔。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>all years; or for example 28, 30-31</source>
   <translation>所有年份；或如 28, 30-31</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>any</source>
   <translation>任意</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>or a &amp;list</source>
   <translation>或列表(&amp;L)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/folder.py" />
   <source>Delete it, or choose another folder: the images beside it are untouched.</source>
   <translation>请删除它，或选择另一个文件夹：旁边的影像不受影响。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/folder.py" />
   <source>its area is not on the globe</source>
   <translation>其区域不在球体上</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/help.py" />
   <source>Help</source>
   <translation>帮助</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/help.py" />
   <source>MarsCD help</source>
   <translation>MarsCD 帮助</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/help.py" />
   <source>MarsCD help: {page}</source>
   <translation>MarsCD 帮助：{page}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/help.py" />
   <source>Missing packages</source>
   <translation>缺少的软件包</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/help.py" />
   <source>There is no help for this page yet.</source>
   <translation>这个页面还没有帮助。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>&amp;New job</source>
   <translation>新任务(&amp;N)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>&amp;Open a job's folder…</source>
   <translation>打开任务文件夹…(&amp;O)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>&amp;Recent jobs</source>
   <translation>最近的任务(&amp;R)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>&amp;Show in the file manager</source>
   <translation>在文件管理器中显示(&amp;S)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>A folder of an earlier job, or of marscd:monitorarea: what was found there comes back.</source>
   <translation>以前任务的文件夹，或 marscd:monitorarea 的：其中的结果会重新显示。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>Help for this page</source>
   <translation>本页帮助</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>Job</source>
   <translation>任务</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>MarsCD's settings</source>
   <translation>MarsCD 设置</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>No file manager could be started. The folder is {folder}.</source>
   <translation>无法启动文件管理器。文件夹为 {folder}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>No job yet</source>
   <translation>还没有任务</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>Open a job's folder</source>
   <translation>打开任务文件夹</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>Start over: nothing asked, nothing found. The job that is open now stays in its folder.</source>
   <translation>从头开始：没有条件，也没有结果。当前打开的任务仍在其文件夹中。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>The job's folder is made when something is to be kept. Here you can open an earlier job.</source>
   <translation>有内容要保存时才会创建任务文件夹。在这里可以打开以前的任务。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>The job's folder {folder} is not there any more. Was its disk taken out, or the folder moved?</source>
   <translation>任务文件夹 {folder} 已不在。是磁盘被取出，还是文件夹被移走？</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>This job's files are in {folder}</source>
   <translation>这个任务的文件在 {folder}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/jobs.py" />
   <source>A mistake in MarsCD itself ({what}). QGIS's log has the details: please report them.</source>
   <translation>MarsCD 自身出错（{what}）。QGIS 日志中有详情：请报告。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/jobs.py" />
   <source>The parameters do not fit.</source>
   <translation>参数不合适。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/jobs.py" />
   <source>The step failed without saying why; see QGIS's log.</source>
   <translation>该步骤失败，没有说明原因；请看 QGIS 日志。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Asking for the online map ...</source>
   <translation>正在请求在线地图 ...</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Basemap</source>
   <translation>底图</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Longitude and latitude</source>
   <translation>经度和纬度</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Mars (offline)</source>
   <translation>火星（离线）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Mars map</source>
   <translation>火星地图</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Named places</source>
   <translation>地名</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Online map</source>
   <translation>在线地图</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Online map: {name}.</source>
   <translation>在线地图：{name}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>The online map could not be opened: offline basemap used.</source>
   <translation>无法打开在线地图：使用离线底图。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>The online map did not answer: offline basemap used.</source>
   <translation>在线地图没有应答：使用离线底图。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Tick it again in QGIS's layer list when the network is back.</source>
   <translation>网络恢复后，请在 QGIS 图层列表中重新勾选。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>{name} stopped answering and was switched off: offline basemap used.</source>
   <translation>{name} 不再应答，已关闭：使用离线底图。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/locator.py" />
   <source>Places on Mars</source>
   <translation>火星地名</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/project.py" />
   <source>&amp;Convert this project</source>
   <translation>转换此工程(&amp;C)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/project.py" />
   <source>&amp;New project</source>
   <translation>新建工程(&amp;N)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/project.py" />
   <source>A new project leaves it as it is (QGIS asks first whether to save it). Converting keeps its layers, but those on Earth cannot be shown on a map of Mars.</source>
   <translation>新建工程不改动它（QGIS 会先询问是否保存）。转换会保留其图层，但地球上的图层无法显示在火星地图上。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/project.py" />
   <source>Start a Mars project</source>
   <translation>新建火星工程</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/project.py" />
   <source>The open project is not on Mars.</source>
   <translation>当前打开的工程不在火星上。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/search.py" />
   <source>Gale, Olympus Mons, 202.3 E 41.6 S ...</source>
   <translation>Gale, Olympus Mons, 202.3 E 41.6 S ...</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/search.py" />
   <source>Longitude {lon:g}, latitude {lat:g} is not on the globe.</source>
   <translation>经度 {lon:g}、纬度 {lat:g} 不在球体上。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/search.py" />
   <source>The longitude comes first, 0 to 360 east; the latitude is -90 to 90. Or write 202.3 E, 41.6 S.</source>
   <translation>先写经度，东经 0 至 360；纬度为 -90 至 90。也可写 202.3 E, 41.6 S。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/search.py" />
   <source>Write 202.3 E, 41.6 S.</source>
   <translation>请写成 202.3 E, 41.6 S。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/search.py" />
   <source>{text!r} does not name one longitude and one latitude.</source>
   <translation>{text!r} 不是一个经度和一个纬度。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/tiles.py" />
   <source>Check the network connection and the proxy settings.</source>
   <translation>请检查网络连接和代理设置。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/tiles.py" />
   <source>Choose a cache folder you may write to, in the settings.</source>
   <translation>请在设置中选择您可以写入的缓存文件夹。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/tiles.py" />
   <source>Heights in colour (NASA Trek)</source>
   <translation>高程分层设色（NASA Trek）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/tiles.py" />
   <source>Infrared by day, THEMIS (USGS)</source>
   <translation>白天红外，THEMIS（USGS）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/tiles.py" />
   <source>The online map did not answer.</source>
   <translation>在线地图没有应答。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/tiles.py" />
   <source>Viking colour (NASA Trek)</source>
   <translation>海盗号彩色（NASA Trek）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/running.py" />
   <source>Stop within a second or two; pairs that are finished stay</source>
   <translation>一两秒内停止；已完成的影像对会保留</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>A series needs at least two images of one place: fetch some, or add your own.</source>
   <translation>序列至少需要同一地点的两幅影像：请下载，或添加您自己的。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>A&amp;dd my own image…</source>
   <translation>添加我的影像…(&amp;D)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Any georeferenced image of the same place (GeoTIFF, JPEG 2000, ISIS cube …), with its date</source>
   <translation>同一地点的任何带地理参考的影像（GeoTIFF、JPEG 2000、ISIS cube …），连同其日期</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Bu&amp;ild</source>
   <translation>构建(&amp;I)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Bu&amp;ild the series of {count} images</source>
   <translation>用 {count} 幅影像构建序列(&amp;I)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Build the series in the job's folder; run again, it does only what is missing</source>
   <translation>在任务文件夹中构建序列；再次运行只做缺少的部分</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Building a series</source>
   <translation>正在构建序列</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Building was stopped. What is finished is kept: build again to go on from there.</source>
   <translation>构建已停止。已完成的会保留：再次构建即可继续。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Chosen for me</source>
   <translation>自动选择</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>How much of the series is built</source>
   <translation>序列已构建多少</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Images with coordinates (*.tif *.tiff *.jp2 *.cub *.vrt *.img);;All files (*)</source>
   <translation>带坐标的影像 (*.tif *.tiff *.jp2 *.cub *.vrt *.img);;所有文件 (*)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Lays the images on each other to a fraction of a pixel. One that cannot be laid is left out, with the reason.</source>
   <translation>把影像相互配准到像元的几分之一。无法配准的会略去，并说明原因。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Looking at images</source>
   <translation>正在查看影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>No date was found in {count} of the images: type it into the list (UTC).</source>
   <translation>{count} 幅影像中没有找到日期：请在列表中输入（UTC）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Pi&amp;xel size</source>
   <translation>像元大小(&amp;X)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Progress of the building</source>
   <translation>构建进度</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Re&amp;ference</source>
   <translation>参考影像(&amp;F)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Reading the dates of fetched images</source>
   <translation>正在读取已下载影像的日期</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Remo&amp;ve</source>
   <translation>移除(&amp;V)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Stop within a second or two; finished images are kept</source>
   <translation>一两秒内停止；已完成的影像会保留</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Take the selected images out of the list; no file is deleted</source>
   <translation>把选中的影像移出列表；不会删除文件</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>The image that stays where it is: all others are laid on it</source>
   <translation>保持不动的影像：其他影像都对到它上面</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>The size on the ground of a pixel of the series, in metres</source>
   <translation>序列的像元在地面上的大小，米</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Your own images of the place</source>
   <translation>您自己的该地影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>as the coarsest image</source>
   <translation>同分辨率最低的影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>Date</source>
   <translation>日期</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>Fit</source>
   <translation>拟合</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>How far, in pixels, check points lie from where they should: below 0.3 is good</source>
   <translation>检查点偏离应在位置多少像元：低于 0.3 为好</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>Images of the series</source>
   <translation>序列的影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>Incidence: the angle of the sun from overhead; 0° high noon, 90° on the horizon</source>
   <translation>入射角：太阳偏离天顶的角度；0° 正午当头，90° 在地平线</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>Left out: {name}: {reason}</source>
   <translation>略去：{name}：{reason}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>Mars Year and solar longitude Ls: 0° is the start of northern spring, 90° of summer, 180° of autumn, 270° of winter</source>
   <translation>火星年和太阳黄经 Ls：0° 为北半球春季开始，90° 夏季，180° 秋季，270° 冬季</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>Sun</source>
   <translation>太阳</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>When the image was taken (UTC)</source>
   <translation>影像拍摄的时间（UTC）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>reference</source>
   <translation>参考</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>{name} was left out of the series: {reason}.</source>
   <translation>{name} 未放入序列：{reason}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>{residual} px</source>
   <translation>{residual} px</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>Image</source>
   <translation>影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>Images to build the series of</source>
   <translation>用来构建序列的影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>No date was found in the file or its name.</source>
   <translation>文件及其名称中都没有找到日期。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>No images yet: fetch some in the step before, or add your own below.</source>
   <translation>还没有影像：请在上一步下载，或在下面添加您自己的。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>This is no date: write it as 2011-06-27 or 2011-06-27T13:45 (UTC).</source>
   <translation>这不是日期：请写成 2011-06-27 或 2011-06-27T13:45（UTC）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>Ticked images become the series. Type the date of your own images (F2), in UTC.</source>
   <translation>勾选的影像构成序列。请输入您自己影像的日期（F2），UTC。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>Type it into the list's first column, such as 2011-06-27 or 2011-06-27T13:45 (UTC).</source>
   <translation>请在列表第一列输入，如 2011-06-27 或 2011-06-27T13:45（UTC）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>type a date</source>
   <translation>输入日期</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>{name} has no date yet.</source>
   <translation>{name} 还没有日期。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/layers.py" />
   <source>Series {name}</source>
   <translation>序列 {name}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>&amp;Time slider</source>
   <translation>时间滑块(&amp;T)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>A&amp;ll</source>
   <translation>全部(&amp;L)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>All images</source>
   <translation>所有影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Double-click, or Enter: show only this image on the map</source>
   <translation>双击或回车：地图上只显示这幅影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Earlier image</source>
   <translation>较早的影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Folder of a series (with catalog.json in it)</source>
   <translation>序列的文件夹（内含 catalog.json）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>How each image was laid on the reference, with figures and pictures (in your browser)</source>
   <translation>每幅影像如何对到参考影像上，附数字和图（在浏览器中打开）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Later image</source>
   <translation>较晚的影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Let QGIS's time slider choose the image: one step an image. Press again to see all of time at once.</source>
   <translation>由 QGIS 的时间滑块选择影像：每步一幅。再按一次则同时显示所有时间。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>No series yet: build one above, or open one that was built before.</source>
   <translation>还没有序列：请在上面构建，或打开以前构建的。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>On: black and white mean the same in every image, so that what looks darker is darker. Off: each image by its own darkest and brightest, which shows more in a pale one.</source>
   <translation>打开：黑白在每幅影像中含义相同，看起来更暗的就是更暗。关闭：每幅影像按自身最暗和最亮处拉伸，对比度低的影像能看到更多。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>One &amp;stretch for all</source>
   <translation>统一拉伸(&amp;S)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>One image at a time: step with ◀ ▶, or play them in QGIS's Temporal Controller.</source>
   <translation>一次一幅影像：用 ◀ ▶ 逐幅查看，或在 QGIS 的时态控制器中播放。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Open a series that was built before, from its folder</source>
   <translation>从文件夹打开以前构建的序列</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Open another series</source>
   <translation>打开另一个序列</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Open it with a web browser, or build the series again if it is missing.</source>
   <translation>请用网页浏览器打开；如果缺失，请重新构建序列。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Show the image after this one on the map</source>
   <translation>在地图上显示下一幅影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Show the image before this one on the map</source>
   <translation>在地图上显示上一幅影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>The report {path} could not be opened.</source>
   <translation>无法打开报告 {path}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>This map has no time slider; use the arrows to step through the images.</source>
   <translation>这幅地图没有时间滑块；请用箭头逐幅查看。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Tick all images again in the Layers panel</source>
   <translation>在图层面板中重新勾选所有影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Zoom the map to the series</source>
   <translation>将地图缩放至序列</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Zoom to the series</source>
   <translation>缩放至序列</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>{count} images on one grid</source>
   <translation>{count} 幅影像在同一格网上</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>{count} left out</source>
   <translation>略去 {count} 幅</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/naming.py" />
   <source>Covers {share} of the series' area.</source>
   <translation>覆盖序列面积的 {share}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/naming.py" />
   <source>Incidence {angle}° (0: the sun overhead, 90: on the horizon).</source>
   <translation>入射角 {angle}°（0：太阳当头，90：在地平线）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/naming.py" />
   <source>It was moved by {x} px in x and {y} px in y.</source>
   <translation>它在 x 方向移动了 {x} px，在 y 方向移动了 {y} px。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/naming.py" />
   <source>MY {year} Ls {longitude}°</source>
   <translation>MY {year} Ls {longitude}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/naming.py" />
   <source>Registered: {reason}.</source>
   <translation>已配准：{reason}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/naming.py" />
   <source>The reference: the others were laid on it.</source>
   <translation>参考影像：其他影像都对到它上面。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/naming.py" />
   <source>The sun stood at {angle}°, clockwise from north.</source>
   <translation>太阳位于 {angle}°，从北顺时针计。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>&amp;Next: detect changes</source>
   <translation>下一步：检测变化(&amp;N)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>1  Build</source>
   <translation>1  构建</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>2  Look</source>
   <translation>2  查看</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>3  Compare two images</source>
   <translation>3  比较两幅影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>4  Follow a point through time</source>
   <translation>4  随时间跟踪一个点</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>Finding the brightness stretch</source>
   <translation>正在求亮度拉伸</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>Let a model compare two of these images and outline what changed</source>
   <translation>让模型比较其中两幅影像并勾出变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>Opening a series</source>
   <translation>正在打开序列</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>The series is built: {count} images lie on each other.</source>
   <translation>序列已构建：{count} 幅影像已相互配准。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>{before} and {after} are not in this series: open or build the one they are in.</source>
   <translation>{before} 和 {after} 不在这个序列中：请打开或构建它们所在的序列。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>A downloaded package is damaged.</source>
   <translation>下载的软件包已损坏。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Another QGIS window is installing packages right now.</source>
   <translation>另一个 QGIS 窗口正在安装软件包。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Check that you may write to the folder named in the details, and that no virus scanner holds it.</source>
   <translation>请检查您能否写入详情中所列的文件夹，以及是否被杀毒软件占用。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Check the network connection and QGIS's proxy (Settings &gt; Options &gt; Network), then install again.</source>
   <translation>请检查网络连接和 QGIS 的代理（设置 &gt; 选项 &gt; 网络），然后重新安装。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Check the proxy in QGIS's settings under Network, then install again.</source>
   <translation>请检查 QGIS 设置中“网络”下的代理，然后重新安装。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Check this computer's clock. In a company network ask for its certificate, and give it to pip: pip config set global.cert FILE.</source>
   <translation>请检查本机时钟。在公司网络中请索取其证书，并交给 pip：pip config set global.cert 文件。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Close other programs, then install again.</source>
   <translation>请关闭其他程序，然后重新安装。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Files could not be written into your QGIS profile.</source>
   <translation>无法把文件写入您的 QGIS 配置文件夹。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Give them in QGIS's settings under Network, then install again.</source>
   <translation>请在 QGIS 设置的“网络”下填写，然后重新安装。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Install PySocks for QGIS's Python (Debian: python3-socks), or give an HTTP proxy in QGIS's settings.</source>
   <translation>请为 QGIS 的 Python 安装 PySocks（Debian：python3-socks），或在 QGIS 设置中填写 HTTP 代理。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Install again later. If pip is set to use a mirror, check it with pip config list.</source>
   <translation>请稍后再安装。如果 pip 使用镜像，请用 pip config list 检查。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Install again. If it stays so, something between you and the index changes files: ask your network's administrator.</source>
   <translation>请重新安装。如果仍然如此，说明您与索引之间有什么在改动文件：请询问网络管理员。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Install again; if it stays so, empty pip's cache first: pip cache purge.</source>
   <translation>请重新安装；如果仍然如此，请先清空 pip 缓存：pip cache purge。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Install again; the packages that were there before are untouched.</source>
   <translation>请重新安装；原有的软件包未受影响。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Install the packages by hand; MarsCD's installation guide shows the commands.</source>
   <translation>请手动安装软件包；MarsCD 安装指南列有命令。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Make room on the disk that holds your QGIS profile, then install again.</source>
   <translation>请在 QGIS 配置文件夹所在的磁盘上腾出空间，然后重新安装。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>MarsCD never installs there, so a setting of pip's must ask for it: look at pip config list.</source>
   <translation>MarsCD 从不安装到那里，一定是 pip 的某项设置要求这样：请看 pip config list。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>No secure connection to the package index: its certificate was not accepted.</source>
   <translation>无法与软件包索引建立安全连接：其证书未被接受。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>On Debian and Ubuntu: sudo apt install python3-pip. Then install again.</source>
   <translation>在 Debian 和 Ubuntu 上：sudo apt install python3-pip。然后重新安装。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Please report it with the details below. Meanwhile your system's own package manager may have it.</source>
   <translation>请附上下面的详情报告。在此期间，您系统的软件包管理器或许有它。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Please report it with the details below. QGIS itself is untouched.</source>
   <translation>请附上下面的详情报告。QGIS 本身未受影响。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Please report it with the details below: a newer MarsCD is needed for this QGIS.</source>
   <translation>请附上下面的详情报告：这个 QGIS 需要更新的 MarsCD。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>QGIS uses a SOCKS proxy, which pip cannot use without the package PySocks.</source>
   <translation>QGIS 使用 SOCKS 代理，没有软件包 PySocks 时 pip 无法使用它。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>QGIS's Python has no pip, the program that installs packages.</source>
   <translation>QGIS 的 Python 没有 pip，即安装软件包的程序。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>QGIS's own Python program was not found beside QGIS.</source>
   <translation>在 QGIS 旁边没有找到它自己的 Python 程序。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The details show all it said. Packages that were there before are untouched.</source>
   <translation>详情中有它输出的全部内容。原有的软件包未受影响。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The disk is full.</source>
   <translation>磁盘已满。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The installer brought {names}, which would hide QGIS's own, so all was taken away again.</source>
   <translation>安装程序带来了 {names}，会遮盖 QGIS 自己的，因此已全部撤除。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The installer failed (code {code}): {reason}</source>
   <translation>安装程序失败（代码 {code}）：{reason}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The installer was ended from outside before it was done.</source>
   <translation>安装程序在完成之前被外部终止。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The package index could not be reached.</source>
   <translation>无法访问软件包索引。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The package index has no {package} for this Python and computer.</source>
   <translation>软件包索引中没有适用于此 Python 和此计算机的 {package}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The package index refused the request or is in trouble.</source>
   <translation>软件包索引拒绝了请求，或出了故障。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The packages that MarsCD is tested with do not fit this QGIS's numpy.</source>
   <translation>MarsCD 测试过的软件包与这个 QGIS 的 numpy 不匹配。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The packages were installed but do not load, so they were taken away again: {reason}</source>
   <translation>软件包已安装但无法加载，因此已撤除：{reason}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The proxy asks for a user name and a password, or refuses those it was given.</source>
   <translation>代理需要用户名和密码，或拒绝了所给的用户名和密码。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The proxy did not let the packages through.</source>
   <translation>代理没有放行软件包。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>There is not enough memory to install.</source>
   <translation>内存不足，无法安装。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>This Python is looked after by the system and refuses packages from elsewhere.</source>
   <translation>这个 Python 由系统管理，拒绝来自别处的软件包。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Wait until it is done, then start QGIS again.</source>
   <translation>请等它完成，然后重新启动 QGIS。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>What was downloaded is not what the package index announced.</source>
   <translation>下载到的内容与软件包索引所说的不符。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>it said nothing</source>
   <translation>它没有输出任何内容</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>package</source>
   <translation>软件包</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>Apple (CoreML)</source>
   <translation>Apple（CoreML）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>Back to the default</source>
   <translation>恢复默认值</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>Back to the default: {value}</source>
   <translation>恢复默认值：{value}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>Graphics card on Windows (DirectML)</source>
   <translation>Windows 上的显卡（DirectML）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>NVIDIA card (CUDA)</source>
   <translation>NVIDIA 显卡（CUDA）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>Not available here: {reason}.</source>
   <translation>此处不可用：{reason}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>Processor (CPU)</source>
   <translation>处理器（CPU）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>Set by the environment variable {variable}.</source>
   <translation>由环境变量 {variable} 设定。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>The best there is</source>
   <translation>现有最好的</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>This</source>
   <translation>此项</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>off</source>
   <translation>关</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>on</source>
   <translation>开</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>{device}, not available here</source>
   <translation>{device}，此处不可用</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hardware.py" />
   <source>needs the package onnxruntime, which is missing</source>
   <translation>需要软件包 onnxruntime，而它缺失</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hardware.py" />
   <source>needs the package onnxruntime-directml in place of onnxruntime</source>
   <translation>需要用软件包 onnxruntime-directml 代替 onnxruntime</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hardware.py" />
   <source>needs the package onnxruntime-gpu in place of onnxruntime</source>
   <translation>需要用软件包 onnxruntime-gpu 代替 onnxruntime</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hardware.py" />
   <source>no NVIDIA card was found</source>
   <translation>没有找到 NVIDIA 显卡</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hardware.py" />
   <source>on Windows only</source>
   <translation>仅限 Windows</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hardware.py" />
   <source>on macOS only</source>
   <translation>仅限 macOS</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hardware.py" />
   <source>the NVIDIA driver is {driver}; {least} or newer is needed</source>
   <translation>NVIDIA 驱动为 {driver}；需要 {least} 或更新</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hearing.py" />
   <source>Downloading {name}…</source>
   <translation>正在下载 {name}…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hearing.py" />
   <source>Looking up {name}…</source>
   <translation>正在查找 {name}…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hearing.py" />
   <source>Taking {name} from pip's cache…</source>
   <translation>正在从 pip 缓存取 {name}…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hearing.py" />
   <source>Taking {name}…</source>
   <translation>正在取 {name}…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hearing.py" />
   <source>Unpacking…</source>
   <translation>正在解包…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/installer.py" />
   <source>Asking the package index…</source>
   <translation>正在请求软件包索引…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/installer.py" />
   <source>Checking that they load…</source>
   <translation>正在检查能否加载…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/installer.py" />
   <source>Clear up</source>
   <translation>清理</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/installer.py" />
   <source>Looking for QGIS's Python…</source>
   <translation>正在查找 QGIS 的 Python…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/installer.py" />
   <source>Make room for packages</source>
   <translation>为软件包腾出位置</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/installer.py" />
   <source>the check ended with code {code}</source>
   <translation>检查以代码 {code} 结束</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>&amp;Cache in</source>
   <translation>缓存位置(&amp;C)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>&amp;HiRISE images</source>
   <translation>HiRISE 影像(&amp;H)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>&amp;New jobs in</source>
   <translation>新任务位置(&amp;N)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>A&amp;lso allowed hosts</source>
   <translation>另外允许的主机(&amp;L)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Archives</source>
   <translation>档案库</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Archives are shared by everybody: three are polite, and more seldom are faster.</source>
   <translation>档案库由大家共用：三个合乎礼貌，更多也很少更快。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Archives beyond those above that files may come from: names such as archive.example.org, with commas</source>
   <translation>除上述之外，文件还可以来自的档案库：如 archive.example.org 的名称，用逗号分隔</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Archives may be on this &amp;computer</source>
   <translation>档案库可以在本机上(&amp;C)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Arizona State University's map-projected Context Camera images</source>
   <translation>亚利桑那州立大学的背景相机地图投影影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>At most, M&amp;B a second</source>
   <translation>每秒最多 MB(&amp;P)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>C&amp;RISM spectra</source>
   <translation>CRISM 光谱(&amp;R)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>C&amp;TX images</source>
   <translation>CTX 影像(&amp;T)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>CTX &amp;maps</source>
   <translation>CTX 地图(&amp;M)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Fetches no faster than this, so that the network stays usable for others; 0 is no limit</source>
   <translation>下载不快于此，使其他人仍能使用网络；0 为不限制</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Files fetched at the &amp;same time</source>
   <translation>同时下载的文件数(&amp;S)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Folders</source>
   <translation>文件夹</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>For a copy of the archives on your own computer or network (docs/sandbox.md); otherwise leave it off.</source>
   <translation>用于您自己计算机或网络上的档案库副本（docs/sandbox.md）；否则请保持关闭。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>MarsCD's own packages: {folder}</source>
   <translation>MarsCD 自己的软件包：{folder}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>NASA Trek's map tiles of Mars</source>
   <translation>NASA Trek 的火星地图瓦片</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>New jobs get a folder here: fetched images, series and changes. Large.</source>
   <translation>新任务在这里建立文件夹：下载的影像、序列和变化。占用空间大。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Python packages</source>
   <translation>Python 软件包</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Run &amp;models on</source>
   <translation>模型运行于(&amp;M)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>STA&amp;C catalogue</source>
   <translation>STAC 目录(&amp;C)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Search (&amp;ODE)</source>
   <translation>搜索（ODE）(&amp;O)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The MarsCD panel has a button that installs what is missing.</source>
   <translation>MarsCD 面板上有按钮可安装缺少的内容。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The Orbital Data Explorer, which knows what was seen where and when</source>
   <translation>轨道数据浏览器（Orbital Data Explorer），知道何时何地拍到了什么</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The U.S. Geological Survey's catalogue of planetary images (STAC)</source>
   <translation>美国地质调查局的行星影像目录（STAC）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The archive of the CRISM imaging spectrometer</source>
   <translation>CRISM 成像光谱仪的档案库</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The archive of the Context Camera: 6 m a pixel</source>
   <translation>背景相机的档案库：每像元 6 m</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The archive of the HiRISE camera: 25 to 50 cm a pixel</source>
   <translation>HiRISE 相机的档案库：每像元 25 至 50 cm</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The list of what is being fetched, and map tiles. Keep it on a disk of this computer.</source>
   <translation>下载清单和地图瓦片。请放在本机的磁盘上。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The proxy is QGIS's own: see Network in this dialog.</source>
   <translation>代理使用 QGIS 自己的：见此对话框的“网络”。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Where the networks that find changes run. The best there is: a graphics card if it can be used.</source>
   <translation>查找变化的网络在哪里运行。现有最好的：显卡可用时用显卡。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Work</source>
   <translation>工作</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>{tip}. Variable: {variable}</source>
   <translation>{tip}。变量：{variable}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>&amp;Details</source>
   <translation>详情(&amp;D)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>&amp;Install</source>
   <translation>安装(&amp;I)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>&amp;Install…</source>
   <translation>安装…(&amp;I)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>&amp;Try again</source>
   <translation>重试(&amp;T)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>All that the installer said, to read or to send along with a question</source>
   <translation>安装程序输出的全部内容，供阅读或提问时附上</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Back to the one line</source>
   <translation>回到单行显示</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>C&amp;opy</source>
   <translation>复制(&amp;O)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Download and install now</source>
   <translation>立即下载并安装</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Finding changes is many times faster on the card. Without this it runs on the processor.</source>
   <translation>在显卡上查找变化快许多倍。不勾选则在处理器上运行。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>For the &amp;NVIDIA card (about 1.6 GB more)</source>
   <translation>用于 NVIDIA 显卡（另加约 1.6 GB）(&amp;N)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Hide</source>
   <translation>隐藏</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Hide this until QGIS is started again</source>
   <translation>隐藏，直到重新启动 QGIS</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Install once more</source>
   <translation>再次安装</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Installing</source>
   <translation>正在安装</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Not &amp;now</source>
   <translation>暂不(&amp;N)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>QGIS's Python lacks {names}.</source>
   <translation>QGIS 的 Python 缺少 {names}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Says what would be installed, and where</source>
   <translation>说明将安装什么、装到哪里</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Starting…</source>
   <translation>正在启动…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Stop; nothing is changed</source>
   <translation>停止；不作任何改动</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Stopped. Nothing was installed.</source>
   <translation>已停止。没有安装任何内容。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>The card's driver is {driver}; {least} or newer is needed.</source>
   <translation>显卡驱动为 {driver}；需要 {least} 或更新。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>The installer's output</source>
   <translation>安装程序的输出</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>The packages are installed and ready; QGIS need not be started again.</source>
   <translation>软件包已安装可用；不需要重新启动 QGIS。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>The packages are installed. Start QGIS again to use them.</source>
   <translation>软件包已安装。请重新启动 QGIS 后使用。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Until that is put right these do not work: {tasks}.</source>
   <translation>在解决之前，以下功能不可用：{tasks}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>What the installer said</source>
   <translation>安装程序的输出内容</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>archives that answer in XML</source>
   <translation>以 XML 应答的档案库</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>building series</source>
   <translation>构建序列</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>finding analogues</source>
   <translation>查找相似地貌</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>finding analogues quickly among very many places</source>
   <translation>在极多地点中快速查找相似地貌</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>finding changes</source>
   <translation>查找变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>searching</source>
   <translation>搜索</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>the USGS's ready images</source>
   <translation>USGS 的就绪影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>{first} and {last}</source>
   <translation>{first}和{last}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>{names} of QGIS's Python is built for another QGIS and would end this one.</source>
   <translation>QGIS 的 Python 中的 {names} 是为另一个 QGIS 编译的，会使本程序崩溃。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>{names} of QGIS's Python is too old.</source>
   <translation>QGIS 的 Python 中的 {names} 太旧。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>{names}: about {size} MB from the Python Package Index, into a folder of your QGIS profile. QGIS's own packages stay as they are.</source>
   <translation>{names}：从 Python 软件包索引下载约 {size} MB，装入您 QGIS 配置中的一个文件夹。QGIS 自己的软件包保持不变。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>{status} {size} MB so far</source>
   <translation>{status} 至今 {size} MB</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/plan.py" />
   <source>There is no shapely on the package index that is built for GEOS {geos}, as QGIS is. Install the package python3-shapely of your Linux distribution instead.</source>
   <translation>软件包索引中没有为 QGIS 所用的 GEOS {geos} 编译的 shapely。请改为安装您的 Linux 发行版的软件包 python3-shapely。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>An area needs at least three corners; this has {count}.</source>
   <translation>区域至少需要三个顶点；现在有 {count} 个。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>Draw a simpler one, or take the polygon of a layer.</source>
   <translation>请绘制更简单的形状，或使用图层中的多边形。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>Draw a smaller one, or zoom in first. Around a pole, use the polar map.</source>
   <translation>请绘制更小的区域，或先放大。在极点周围请使用极区地图。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>Draw it inside the map of Mars.</source>
   <translation>请在火星地图范围内绘制。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>It lies more than one and a half turns away from the map's middle.</source>
   <translation>它离地图中心超过一圈半。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>It reaches beyond the edge of the map.</source>
   <translation>它超出了地图边缘。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>It reaches latitude {lat:.1f}, beyond the pole.</source>
   <translation>它到达纬度 {lat:.1f}，超过了极点。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>One of its corners has no place on the map.</source>
   <translation>其中一个顶点在地图上没有位置。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>Set a corner beside the line.</source>
   <translation>请在线的旁边放一个顶点。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>Take corners back with Backspace, or draw it again.</source>
   <translation>用退格键撤回顶点，或重新绘制。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>The area is {width:.0f} degrees of longitude wide; 180 is the most.</source>
   <translation>区域宽 {width:.0f} 度经度；最多 180 度。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>The area lies partly outside the globe.</source>
   <translation>区域有一部分在球体之外。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>The corners lie on one line: nothing is inside.</source>
   <translation>各顶点在一条直线上：里面没有面积。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>The shape has {count} corners.</source>
   <translation>这个形状有 {count} 个顶点。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>Two sides cross (number {a} and {b} as drawn): what is inside cannot be told.</source>
   <translation>有两条边相交（按绘制顺序第 {a} 和第 {b} 条）：无法判断内部。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/window.py" />
   <source>Show or hide MarsCD: image time series of Mars, and what changed in them</source>
   <translation>显示或隐藏 MarsCD：火星影像时间序列及其中的变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Across 180 degrees write it as 170,190,...</source>
   <translation>跨过 180 度时请写成 170,190,...</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Assign a CRS to SEARCH, or leave {name} out to look everywhere.</source>
   <translation>请为 SEARCH 指定坐标参照系，或省略 {name} 以搜索各处。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Both AREA and EXTENT are given.</source>
   <translation>AREA 和 EXTENT 都给出了。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Check the path.</source>
   <translation>请检查路径。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Choose one of: {fields}.</source>
   <translation>请从中选择：{fields}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Draw or select at least one.</source>
   <translation>请至少绘制或选中一个。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>EXTENT {value} is empty.</source>
   <translation>EXTENT {value} 是空的。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>EXTENT {value} runs from east to west.</source>
   <translation>EXTENT {value} 从东向西。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Give both in a CRS of one body.</source>
   <translation>请以同一天体的坐标参照系给出两者。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Give exactly one of them.</source>
   <translation>请只给出其中一个。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Give numbers of the matches' field index, separated by commas: 3,17.</source>
   <translation>请给出匹配的字段 index 中的编号，用逗号分隔：3,17。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Model that compares (a bundled name, or an .onnx file)</source>
   <translation>用于比较的模型（自带模型的名称，或 .onnx 文件）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Run on</source>
   <translation>运行于</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>SEARCH has no CRS: {name} has no place on it.</source>
   <translation>SEARCH 没有坐标参照系：{name} 在其上没有位置。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Save it as a GeoTIFF first, or give a GDAL WMS description of it.</source>
   <translation>请先另存为 GeoTIFF，或给出它的 GDAL WMS 描述。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Write west,east,south,north with west &lt; east and south &lt; north.</source>
   <translation>请写成 西,东,南,北，且西 &lt; 东、南 &lt; 北。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>area {number}</source>
   <translation>区域 {number}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>no body</source>
   <translation>无天体</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>no known body</source>
   <translation>未知天体</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>{name} has no field {field}.</source>
   <translation>{name} 没有字段 {field}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>{name} holds {text}, which is no number.</source>
   <translation>{name} 含有 {text}，它不是数字。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>{name} is a {kind} layer.</source>
   <translation>{name} 是 {kind} 图层。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>{name} {layer} cannot be opened as a polygon layer.</source>
   <translation>无法将 {name} {layer} 作为多边形图层打开。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>{name} {layer} holds no polygon.</source>
   <translation>{name} {layer} 中没有多边形。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>{what} does not say which body it lies on: read as longitude and latitude on {body}.</source>
   <translation>{what} 没有说明位于哪个天体：按 {body} 的经纬度读取。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>{what} lies on {found}, its image on {body}.</source>
   <translation>{what} 位于 {found}，其影像位于 {body}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Assign its CRS, or cut its chips into a folder.</source>
   <translation>请指定其坐标参照系，或把它的切片切到文件夹中。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>CSV files (*.csv)</source>
   <translation>CSV 文件 (*.csv)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Candidates: a folder of the same kind</source>
   <translation>候选：同样的文件夹</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Device that ran</source>
   <translation>所用设备</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Edge of a chip of ground, in metres (empty: chosen)</source>
   <translation>地面切片的边长，米（空：自动选择）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Field of the polygons with the regions' names</source>
   <translation>多边形中含区域名称的字段</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Give {folder} alone, or {areas} together with {image}.</source>
   <translation>请只给出 {folder}，或同时给出 {areas} 和 {image}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>HTML files (*.html)</source>
   <translation>HTML 文件 (*.html)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>It is not clear where the regions of {side} are.</source>
   <translation>不清楚 {side} 的区域在哪里。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Matrix</source>
   <translation>矩阵</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Matrix of analogues</source>
   <translation>相似地貌矩阵</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Metres a pixel of a candidate image that has no CRS</source>
   <translation>没有坐标参照系的候选影像每像元的米数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Metres a pixel of a target image that has no CRS</source>
   <translation>没有坐标参照系的目标影像每像元的米数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Number of candidate regions</source>
   <translation>候选区域数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Number of targets</source>
   <translation>目标数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Pairs that are the nearest of their row and of their column</source>
   <translation>在本行和本列都最近的对数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Pairs that belong together</source>
   <translation>相互对应的对数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Quartiles of each region</source>
   <translation>各区域的四分位数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Report</source>
   <translation>报告</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Seed of the sub-areas' places</source>
   <translation>子区位置的随机种子</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Sub-areas of each region</source>
   <translation>每个区域的子区数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Targets: a folder with one sub-folder of chips a region</source>
   <translation>目标：每个区域一个切片子文件夹的文件夹</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>The image under the candidates' polygons</source>
   <translation>候选多边形所在的影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>The image under the targets' polygons</source>
   <translation>目标多边形所在的影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>What the matrix says</source>
   <translation>矩阵说明了什么</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>or candidates: polygons over an image</source>
   <translation>或候选：影像上的多边形</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>or targets: polygons over an image</source>
   <translation>或目标：影像上的多边形</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>{name} has no CRS: polygons have no place on it.</source>
   <translation>{name} 没有坐标参照系：多边形在其上没有位置。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Assign its CRS, or give the image as TARGETS.</source>
   <translation>请指定其坐标参照系，或把影像作为 TARGETS 给出。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Choose a mosaic of Mars.</source>
   <translation>请选择火星镶嵌图。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Choose the image that the targets lie on.</source>
   <translation>请选择目标所在的影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Choose the image to search.</source>
   <translation>请选择搜索影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Distance</source>
   <translation>距离</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Distance of the best match</source>
   <translation>最好匹配的距离</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Edge of a chip of ground, in metres (empty: by the targets)</source>
   <translation>地面切片的边长，米（空：根据目标）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Edge of those targets, in metres</source>
   <translation>这些目标的边长，米</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Field with the targets' names (empty: name, where there is one)</source>
   <translation>含目标名称的字段（空：如有则用 name）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Give exactly one: TARGETS (images), TARGET_AREAS (polygons over TARGET_IMAGE), or PAPER_TARGET.</source>
   <translation>请只给出一个：TARGETS（影像）、TARGET_AREAS（TARGET_IMAGE 上的多边形）或 PAPER_TARGET。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Image to search (of any body: file, tile layer, or address)</source>
   <translation>搜索影像（任何天体：文件、瓦片图层或网址）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Index, kept for further searches (empty: beside the matches)</source>
   <translation>索引，保留以供再次搜索（空：在匹配旁边）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Metres a pixel of an image to search that has no CRS</source>
   <translation>没有坐标参照系的搜索影像每像元的米数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>No SEARCH is given.</source>
   <translation>没有给出 SEARCH。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>No target is given.</source>
   <translation>没有给出目标。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Number of matches</source>
   <translation>匹配数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Number of places looked at</source>
   <translation>查看过的地点数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Number of weak matches</source>
   <translation>弱匹配数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Picture of the best pairs side by side</source>
   <translation>最好的各对并排的图片</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Picture of the distances as a surface</source>
   <translation>距离曲面的图片</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Search only in these polygons (or in an extent)</source>
   <translation>只在这些多边形中搜索（或在范围内）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Search only in this extent</source>
   <translation>只在此范围内搜索</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Seed of the random places that matches are judged by</source>
   <translation>用来评判匹配的随机地点的随机种子</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Share of random places as near as the best match, percent</source>
   <translation>与最好匹配同样近的随机地点所占百分比</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Step between chips, in metres (empty: half a chip)</source>
   <translation>切片之间的步长，米（空：半个切片）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>TARGETS and TARGET_IMAGE are given together.</source>
   <translation>同时给出了 TARGETS 和 TARGET_IMAGE。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>TARGET_IMAGE goes with TARGET_AREAS or PAPER_TARGET.</source>
   <translation>TARGET_IMAGE 应与 TARGET_AREAS 或 PAPER_TARGET 一起使用。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>TARGET_IMAGE has no CRS: polygons have no place on it.</source>
   <translation>TARGET_IMAGE 没有坐标参照系：多边形在其上没有位置。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Targets: images of what is looked for</source>
   <translation>目标：要找的地貌的影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>The image under the polygons</source>
   <translation>多边形所在的影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>The paper's targets lie on Mars, TARGET_IMAGE on {body}.</source>
   <translation>论文的目标位于火星，TARGET_IMAGE 位于 {body}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>What the best match means</source>
   <translation>最好的匹配意味着什么</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>or targets of Meng et al. on Mars, over that image</source>
   <translation>或 Meng 等人在火星上的目标，位于该影像上</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>{names} are given together.</source>
   <translation>同时给出了 {names}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>{name} is given without TARGET_IMAGE.</source>
   <translation>给出了 {name} 而没有 TARGET_IMAGE。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_styles.py" />
   <source>least alike</source>
   <translation>最不像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_styles.py" />
   <source>most alike</source>
   <translation>最像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_styles.py" />
   <source>nearest 1 %</source>
   <translation>最近的 1 %</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_styles.py" />
   <source>nearest 5 %</source>
   <translation>最近的 5 %</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_styles.py" />
   <source>nearest quarter</source>
   <translation>最近的四分之一</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/base.py" />
   <source>MARSCD_DEVICE is {preferred}.</source>
   <translation>MARSCD_DEVICE 为 {preferred}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/base.py" />
   <source>Set it to one of {devices}.</source>
   <translation>请设为以下之一：{devices}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Assign their CRS, or leave AREAS out: each image is a region then.</source>
   <translation>请指定其坐标参照系，或省略 AREAS：这时每幅影像为一个区域。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Build a data set of chips</source>
   <translation>构建切片数据集</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Chips made of one (1: only itself; 10: the paper's augmentation)</source>
   <translation>由一个切片生成的数量（1：只有它自己；10：论文的数据增强）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Chips of each polygon in each image</source>
   <translation>每幅影像中每个多边形的切片数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Chips without data or texture</source>
   <translation>没有数据或纹理的切片</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Choose the images to cut chips from.</source>
   <translation>请选择要切出切片的影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Edge of a chip of ground, in metres</source>
   <translation>地面切片的边长，米</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Fewest groups of a region</source>
   <translation>区域的最少组数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Field that says which polygons belong together (observation or place)</source>
   <translation>说明哪些多边形属于一组的字段（观测或地点）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Field with the regions' names</source>
   <translation>含区域名称的字段</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Folder of the data set</source>
   <translation>数据集的文件夹</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Give the polygons that it names.</source>
   <translation>请给出它所命名的多边形。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Manifest</source>
   <translation>清单</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Metres a pixel of images that have no CRS</source>
   <translation>没有坐标参照系的影像每像元的米数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>No image has a CRS: polygons have no place on them.</source>
   <translation>没有一幅影像有坐标参照系：多边形在其上没有位置。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>No image is given.</source>
   <translation>没有给出影像。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Number of chips</source>
   <translation>切片数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Number of regions</source>
   <translation>区域数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Of them made of others</source>
   <translation>其中由其他切片生成的</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Pixels</source>
   <translation>像元</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Pixels along the edge of a chip</source>
   <translation>切片边长的像元数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Regions: polygons over the images (empty: each image is one)</source>
   <translation>区域：影像上的多边形（空：每幅影像为一个区域）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Seed of places and copies</source>
   <translation>位置和副本的随机种子</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Without that field, chips belong together by</source>
   <translation>没有该字段时，切片按什么成组</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>{name} is given without AREAS.</source>
   <translation>给出了 {name} 而没有 AREAS。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>{name}: {chips} chips in {groups} groups</source>
   <translation>{name}：{chips} 个切片，{groups} 组</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>After: of the best pair to compare</source>
   <translation>之后：最可比的影像对中的</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Base map: where the series is to lie (empty: where the reference says)</source>
   <translation>底图：序列应位于何处（空：以参考影像为准）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Before: of the best pair to compare</source>
   <translation>之前：最可比的影像对中的</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Build series</source>
   <translation>构建序列</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Folder of the fetched files</source>
   <translation>已下载文件的文件夹</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Give the folder of fetched files, your own rasters, or both.</source>
   <translation>请给出已下载文件的文件夹、您自己的栅格，或两者都给。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Make shadows nodata (else they are only marked in the masks)</source>
   <translation>将阴影设为无数据（否则只在掩膜中标记）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Neither FOLDER nor IMAGES is given.</source>
   <translation>FOLDER 和 IMAGES 都没有给出。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Number of epochs</source>
   <translation>时相数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Observations (which of the fetched; empty: all in the folder)</source>
   <translation>观测（使用已下载的哪些；空：文件夹中的全部）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Pixel size in metres (empty: the coarsest product's)</source>
   <translation>像元大小，米（空：采用分辨率最低的产品的）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Rasters of your own: instead of the fetched files, or with them</source>
   <translation>您自己的栅格：代替已下载的文件，或与之一起</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Reference (a product id, or one of the rasters; empty: chosen)</source>
   <translation>参考（产品标识，或栅格之一；空：自动选择）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Registration report</source>
   <translation>配准报告</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>STAC catalogue</source>
   <translation>STAC 目录</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Terrain model in metres (for cast shadows, slopes and parallax)</source>
   <translation>地形模型，米（用于投射阴影、坡度和视差）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Their dates: UTC, in the same order, separated by ;</source>
   <translation>它们的日期：UTC，按相同顺序，用 ; 分隔</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Time series</source>
   <translation>时间序列</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/date_styles.py" />
   <source>1 date</source>
   <translation>1 个日期</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/date_styles.py" />
   <source>no change</source>
   <translation>无变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/date_styles.py" />
   <source>{count} dates</source>
   <translation>{count} 个日期</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Change</source>
   <translation>变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Change mask</source>
   <translation>变化掩膜</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Change probability</source>
   <translation>变化概率</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Changed area in square metres</source>
   <translation>变化面积，平方米</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>False alarms to be expected per square kilometre</source>
   <translation>预计每平方千米的误报数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Kind of change (of a model that tells kinds)</source>
   <translation>变化的种类（限能区分种类的模型）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Model (a bundled name, or an .onnx file)</source>
   <translation>模型（自带模型的名称，或 .onnx 文件）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Number of changes</source>
   <translation>变化数量</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Only in this extent</source>
   <translation>仅在此范围内</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Register AFTER on BEFORE first</source>
   <translation>先将 AFTER 配准到 BEFORE</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Smallest change, in square metres</source>
   <translation>最小变化，平方米</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Terrain model in metres (for slopes of the changes)</source>
   <translation>地形模型，米（用于变化处的坡度）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>The same per megapixel</source>
   <translation>同上，每百万像元</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Threshold (empty: the model's)</source>
   <translation>阈值（空：采用模型的）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Threshold that was used</source>
   <translation>所用的阈值</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Wished false alarms per square kilometre, instead of a threshold (empty: the threshold decides)</source>
   <translation>期望的每平方千米误报数，代替阈值（空：由阈值决定）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>Also draw what one image alone shows</source>
   <translation>也画出只有一幅影像显示的</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>Curve</source>
   <translation>曲线</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>Detect changes over a series</source>
   <translation>检测序列的变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>Images that as a whole look unlike the others</source>
   <translation>整体上与其他不同的影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>Number of pairs that were compared</source>
   <translation>比较过的影像对数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>Series (the folder that buildseries made)</source>
   <translation>序列（buildseries 生成的文件夹）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>Threshold that was used (of pairs: the middle one)</source>
   <translation>所用的阈值（多个影像对时取中间的）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>What counts as there: the darker state, the brighter, or what the first date was not</source>
   <translation>什么算作存在：较暗的状态、较亮的状态，或与第一个日期不同的</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Accuracy</source>
   <translation>总体精度</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Average precision (of a probability)</source>
   <translation>平均精度（用于概率）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Balanced accuracy (mean of the two)</source>
   <translation>平衡精度（两者的平均）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Evaluate changes</source>
   <translation>评价变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>F1</source>
   <translation>F1</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>F1 within a pixel</source>
   <translation>F1（容差一个像元）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>False changes (of 4 pixels or more)</source>
   <translation>虚假的变化（4 个像元或以上）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>False-positive rate</source>
   <translation>假阳性率</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Intersection over union</source>
   <translation>交并比</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Object F1</source>
   <translation>对象 F1</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Object precision (share of found changes that are true)</source>
   <translation>对象精确率（找到的变化中真实的比例）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Object recall (share of true changes that were found)</source>
   <translation>对象召回率（真实变化中被找到的比例）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Precision (share of what was found that is true)</source>
   <translation>精确率（找到的变化中真实的比例）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Precision within a pixel</source>
   <translation>精确率（容差一个像元）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Predicted change: mask or probability</source>
   <translation>预测的变化：掩膜或概率</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Probability from which a pixel counts as changed</source>
   <translation>从此概率起像元算作有变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Sensitivity (share of true change that was found)</source>
   <translation>灵敏度（真实变化中被找到的比例）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Sensitivity within a pixel</source>
   <translation>灵敏度（容差一个像元）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Specificity (share of unchanged ground left alone)</source>
   <translation>特异度（未变地面中未被误报的比例）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>True change</source>
   <translation>真实变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>True changes (of 4 pixels or more)</source>
   <translation>真实的变化（4 个像元或以上）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Where to compare</source>
   <translation>在何处比较</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>At most so many megabytes</source>
   <translation>最多多少兆字节</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>At most so many products</source>
   <translation>最多多少产品</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>CTX images as maps (made by ASU when asked: slow), raw, or both</source>
   <translation>CTX 影像：地图（ASU 按请求制作：较慢）、原始影像，或两者</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Fetch observations</source>
   <translation>下载观测</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Files that are whole in the folder</source>
   <translation>文件夹中的完整文件</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Files that failed</source>
   <translation>失败的文件</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Folder for the files</source>
   <translation>文件的存放文件夹</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Observations (footprints)</source>
   <translation>观测（足迹）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Of HiRISE images only the part that the area needs is fetched, of others the whole; what does not touch the area is left out.</source>
   <translation>HiRISE 影像只下载区域所需的部分，其他下载整幅；不与区域相接的略去。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Report: one row a file</source>
   <translation>报告：每个文件一行</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>AREA</source>
   <translation>AREA</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>AREA {layer} cannot be opened as a polygon layer.</source>
   <translation>无法将 AREA {layer} 作为多边形图层打开。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>AREA {layer} holds no polygon.</source>
   <translation>AREA {layer} 中没有多边形。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Area: a polygon layer</source>
   <translation>区域：多边形图层</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Area: an extent (across 180 degrees: 170,190,...)</source>
   <translation>区域：范围（跨过 180 度：170,190,...）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Give it in a CRS of Mars, for example IAU_2015:49900.</source>
   <translation>请用火星的坐标参照系给出，例如 IAU_2015:49900。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Give one: a polygon layer, or an extent such as 202.0,202.6,-41.9,-41.3.</source>
   <translation>请给出一个：多边形图层，或范围，如 202.0,202.6,-41.9,-41.3。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Mars's own is IAU_2015:49900.</source>
   <translation>火星的是 IAU_2015:49900。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Neither AREA nor EXTENT is given.</source>
   <translation>AREA 和 EXTENT 都没有给出。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Save it as a GeoTIFF first.</source>
   <translation>请先存为 GeoTIFF。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Set its CRS to one of Mars, for example IAU_2015:49900.</source>
   <translation>请将其坐标参照系设为火星的，例如 IAU_2015:49900。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Write west,east,south,north, for example 202.0,202.6,-41.9,-41.3.</source>
   <translation>请写成 西,东,南,北，例如 202.0,202.6,-41.9,-41.3。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>only there</source>
   <translation>仅在那里</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>or an extent</source>
   <translation>或一个范围</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>{name} names an unknown CRS: {crs}.</source>
   <translation>{name} 给出了未知的坐标参照系：{crs}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>{name} {value} is neither four numbers nor a layer.</source>
   <translation>{name} {value} 既不是四个数，也不是图层。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>{name} {value} is not four numbers.</source>
   <translation>{name} {value} 不是四个数。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>{what} does not say which body it lies on: read as planetocentric, east-positive degrees of Mars.</source>
   <translation>{what} 没有说明位于哪个天体：按火星的行星中心度数读取，东经为正。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>{what} has no CRS that names a body.</source>
   <translation>{what} 没有指明天体的坐标参照系。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>{what} lies on {body} ({crs}).</source>
   <translation>{what} 位于 {body}（{crs}）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/install_models.py" />
   <source>Folder of the models</source>
   <translation>模型文件夹</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/install_models.py" />
   <source>Installed into {folder}: {names}</source>
   <translation>已安装到 {folder}：{names}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/install_models.py" />
   <source>Number of models installed</source>
   <translation>已安装的模型数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/install_models.py" />
   <source>marscd_models-&lt;version&gt;.zip (empty: fetched from the plugin's release)</source>
   <translation>marscd_models-&lt;version&gt;.zip（空：从插件的发布处下载）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/monitor_area.py" />
   <source>Folder that keeps everything</source>
   <translation>保存全部内容的文件夹</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/monitor_area.py" />
   <source>Give a name that ends in {wanted}.</source>
   <translation>请使用以 {wanted} 结尾的名称。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/monitor_area.py" />
   <source>Monitor an area</source>
   <translation>监测区域</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/monitor_area.py" />
   <source>Terrain model in metres (for cast shadows and parallax, and slopes of the changes)</source>
   <translation>地形模型，米（用于投射阴影、视差和变化处的坡度）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/monitor_area.py" />
   <source>{name} cannot be written to {place}.</source>
   <translation>无法将 {name} 写入 {place}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/observations.py" />
   <source>Row {row} of OBSERVATIONS has no {name}.</source>
   <translation>OBSERVATIONS 的第 {row} 行没有 {name}。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/observations.py" />
   <source>Use a layer made by searchobservations (columns: {columns}).</source>
   <translation>请使用 searchobservations 生成的图层（列：{columns}）。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>At most so many pairs, the best</source>
   <translation>最多多少影像对，取最好的</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>Least overlap (share of the smaller footprint)</source>
   <translation>最小重叠（占较小足迹的比例）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>Least overlap within a series (share)</source>
   <translation>序列内的最小重叠（比例）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>Least score (0 to 1)</source>
   <translation>最低评分（0 至 1）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>Number of pairs</source>
   <translation>影像对数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>Number of series</source>
   <translation>序列数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>Pairs (the ground that both show)</source>
   <translation>影像对（两者都显示的地面）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>{rank}. {before} with {after}: {score} ({reasons})</source>
   <translation>{rank}. {before} 与 {after}：{score}（{reasons}）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>A site has no geometry.</source>
   <translation>有一个地点没有几何图形。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>A source counts where it covers this share of a site, 0 to 1</source>
   <translation>来源覆盖地点达到此比例才计入，0 至 1</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>A spectral index above this counts as there</source>
   <translation>高于此值的光谱指数算作存在</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>CRISM cubes (.lbl of MTRDR) or rasters of spectral indices</source>
   <translation>CRISM 立方体（MTRDR 的 .lbl）或光谱指数栅格</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Candidate sites on Mars: matches, or any points or polygons</source>
   <translation>火星上的候选地点：匹配，或任何点或多边形</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Edge of a site that is a point, in metres (empty: the match's own)</source>
   <translation>以点给出的地点的边长，米（空：匹配自身的）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Field with the sites' names (empty: name, where there is one)</source>
   <translation>含地点名称的字段（空：如有则用 name）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>First site of the order</source>
   <translation>排序中的第一个地点</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Ground below this counts as low, metres</source>
   <translation>低于此的地面算作低，米</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Ground steeper than this counts as steep, degrees</source>
   <translation>比此更陡的地面算作陡，度</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Length that slopes are taken over, in metres (empty: 2 pixels)</source>
   <translation>计算坡度的长度，米（空：2 个像元）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Length that slopes were taken over, metres</source>
   <translation>计算坡度所用的长度，米</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>MATCHES {layer} cannot be opened as a layer.</source>
   <translation>无法将 MATCHES {layer} 作为图层打开。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Minerals whose share of the ground counts in the order</source>
   <translation>其地面比例计入排序的矿物</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Number of sites</source>
   <translation>地点数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Ranked sites</source>
   <translation>已排名的地点</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Remove it, or draw it.</source>
   <translation>请移除它，或画出它。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Sites that CRISM covers</source>
   <translation>CRISM 覆盖的地点数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Sites that the terrain model covers</source>
   <translation>地形模型覆盖的地点数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Table</source>
   <translation>表格</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Terrain model in metres</source>
   <translation>地形模型，米</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Weight of the elevation</source>
   <translation>高程的权重</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Weight of the likeness to the target</source>
   <translation>与目标相似度的权重</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Weight of the minerals</source>
   <translation>矿物的权重</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Weight of the slope</source>
   <translation>坡度的权重</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>match {rank}</source>
   <translation>匹配 {rank}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>site {number}</source>
   <translation>地点 {number}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>{count} rejected matches are left out.</source>
   <translation>略去 {count} 个拒绝的匹配。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Give the MATCHES layer that analoguesimilarity wrote.</source>
   <translation>请给出 analoguesimilarity 写出的 MATCHES 图层。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Index that the search kept</source>
   <translation>搜索保存的索引</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Matches of the search that is refined (empty: those judged, else the latest of the index)</source>
   <translation>要改进的搜索的匹配（空：已判定的，否则为索引中最近的）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Matches that were judged (field verdict: accepted or rejected)</source>
   <translation>已判定的匹配（字段 verdict：accepted 或 rejected）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>More like these (numbers of the field index: 3,17)</source>
   <translation>要更多这样的（字段 index 的编号：3,17）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Not like these (numbers: 5)</source>
   <translation>不是这样的（编号：5）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Number of accepted places</source>
   <translation>接受的地点数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Number of rejected places</source>
   <translation>拒绝的地点数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Refine analogues</source>
   <translation>改进相似地貌</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>The searched image, where it lies elsewhere now</source>
   <translation>搜索影像，如果它现在位于别处</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>VERDICTS {layer} cannot be opened as a point layer.</source>
   <translation>无法将 VERDICTS {layer} 作为点图层打开。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>VERDICTS {layer} has no fields index and verdict.</source>
   <translation>VERDICTS {layer} 没有字段 index 和 verdict。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>What earlier rounds accepted and rejected counts too</source>
   <translation>以前各轮接受和拒绝的也计入</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Image to lay on it</source>
   <translation>要对到其上的影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Number of tie points</source>
   <translation>连接点数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Reference image</source>
   <translation>参考影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Register images</source>
   <translation>配准影像</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Registered image, on the reference's grid</source>
   <translation>配准后的影像，位于参考影像的格网上</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Residual of tie points left out of the fit (pixels)</source>
   <translation>未参与拟合的连接点的残差（像元）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Shift in x (pixels)</source>
   <translation>x 方向位移（像元）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Shift in y (pixels)</source>
   <translation>y 方向位移（像元）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Tie points with residuals</source>
   <translation>带残差的连接点</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Instruments</source>
   <translation>仪器</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Largest incidence angle (degrees; how far the sun is from overhead)</source>
   <translation>最大入射角（度；太阳偏离天顶的角度）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Mars Years (30-31, or 28,31; empty: all)</source>
   <translation>火星年（30-31，或 28,31；空：全部）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Not after (UTC)</source>
   <translation>不晚于（UTC）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Not before (UTC)</source>
   <translation>不早于（UTC）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Number of products found</source>
   <translation>找到的产品数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Search observations</source>
   <translation>搜索观测</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Solar longitude Ls in degrees (250-350; 330-30 wraps; empty: all)</source>
   <translation>太阳黄经 Ls，度（250-350；330-30 跨过新年；空：全部）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Where to search</source>
   <translation>在哪里搜索</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Which CRISM products (MTRDR are maps; TER and TRDR are in the sensor's own geometry)</source>
   <translation>哪些 CRISM 产品（MTRDR 是地图；TER 和 TRDR 为传感器自身的几何）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Which sources answered, and why others did not</source>
   <translation>哪些来源应答了，其他为何没有</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Also count what one image alone shows</source>
   <translation>也计入只有一幅影像显示的</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Both POLYGONS and CURVE are given.</source>
   <translation>POLYGONS 和 CURVE 都给出了。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Changes of a series or of pairs (all, selected or filtered); or a curve</source>
   <translation>序列或影像对的变化（全部、选中或筛选的）；或一条曲线</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Curve that detectserieschanges wrote</source>
   <translation>detectserieschanges 写出的曲线</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Drawing</source>
   <translation>绘图</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Give a file name that ends in .csv.</source>
   <translation>请给出以 .csv 结尾的文件名。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Largest changed area at one date</source>
   <translation>单个日期的最大变化面积</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Neither POLYGONS nor CURVE is given.</source>
   <translation>POLYGONS 和 CURVE 都没有给出。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Number of Mars Years</source>
   <translation>火星年数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>POLYGONS {layer} cannot be opened as a polygon layer.</source>
   <translation>无法将 POLYGONS {layer} 作为多边形图层打开。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>SVG files (*.svg)</source>
   <translation>SVG 文件 (*.svg)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>TABLE is not given.</source>
   <translation>没有给出 TABLE。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Title</source>
   <translation>标题</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Choose a cube.</source>
   <translation>请选择一个立方体。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Cube with wavelengths: raster, or a CRISM label (.lbl)</source>
   <translation>带波长的立方体：栅格，或 CRISM 标签文件（.lbl）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Indices</source>
   <translation>指数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Indices, one band each</source>
   <translation>指数，每个一个波段</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>JSON files (*.json)</source>
   <translation>JSON 文件 (*.json)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>No INPUT is given.</source>
   <translation>没有给出 INPUT。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Number of indices</source>
   <translation>指数数量</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Products</source>
   <translation>产品</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Spectral indices of minerals</source>
   <translation>矿物光谱指数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Statistics</source>
   <translation>统计</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>median {median:.4f}, 99 % below {high:.4f}</source>
   <translation>中位数 {median:.4f}，99 % 低于 {high:.4f}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>no valid pixel</source>
   <translation>没有有效像元</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Chips in the data set</source>
   <translation>数据集中的切片数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Chips of a region and body that the paper's network learns from</source>
   <translation>论文的网络从每个区域和天体学习的切片数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Chips that were held out</source>
   <translation>留出的切片数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Data set: a folder with one sub-folder of chips a region</source>
   <translation>数据集：每个区域一个切片子文件夹的文件夹</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Epochs</source>
   <translation>训练轮数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Epochs (empty: as many as the network's recipe has)</source>
   <translation>训练轮数（空：按网络自己的方案）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Groups that were held out</source>
   <translation>留出的组数</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Mean average precision of the bundled model on the same chips</source>
   <translation>自带模型在同样切片上的平均精度均值</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Mean average precision on held-out groups</source>
   <translation>留出组上的平均精度均值</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Network: that of Meng et al., or an embedding by metric learning</source>
   <translation>网络：Meng 等人的，或用度量学习得到的嵌入</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>New model</source>
   <translation>新模型</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Pair accuracy on held-out groups</source>
   <translation>留出组上的切片对准确率</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Pair accuracy on the paper's own split of 9 to 1 (PAPER only)</source>
   <translation>论文自己 9 比 1 划分的切片对准确率（仅 PAPER）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Recall@1 of guessing</source>
   <translation>随机猜测的召回率@1</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Recall@1 of the bundled model on the same chips</source>
   <translation>自带模型在同样切片上的召回率@1</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Recall@1 on held-out groups</source>
   <translation>留出组上的召回率@1</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Recall@5 of the bundled model on the same chips</source>
   <translation>自带模型在同样切片上的召回率@5</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Recall@5 on held-out groups</source>
   <translation>留出组上的召回率@5</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Regions of which nothing could be held out</source>
   <translation>无法留出任何部分的区域</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Seed</source>
   <translation>随机种子</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Share of the groups kept for judging (0: none)</source>
   <translation>留作评定的组的比例（0：不留）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Teach an analogue model</source>
   <translation>训练相似地貌模型</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>The new model's name</source>
   <translation>新模型的名称</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>After, on the same grid</source>
   <translation>之后，在同一格网上</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>Give FOLDER alone, or BEFORE, AFTER and LABELS together.</source>
   <translation>请只给出 FOLDER，或同时给出 BEFORE、AFTER 和 LABELS。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>It is not clear what to learn from.</source>
   <translation>不清楚要从什么学习。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>Job folder, or folder of compared pairs, with verdicts</source>
   <translation>任务文件夹，或已比较影像对的文件夹，带有判定</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>LABELS {layer} cannot be opened as a polygon layer.</source>
   <translation>无法将 LABELS {layer} 作为多边形图层打开。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>Model to start from (a bundled name, or an .onnx file)</source>
   <translation>起始模型（自带模型的名称，或 .onnx 文件）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>Outlines (field verdict: accepted or rejected; without it each is a change)</source>
   <translation>轮廓（字段 verdict：accepted 或 rejected；没有时每个都是变化）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>Share of the verdicts kept for judging</source>
   <translation>留作评定的判定比例</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>Steps, instead of a time (for a run that can be repeated)</source>
   <translation>步数，代替时间（使运行可以重复）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>The pairs were looked through wholly: what has no outline is no change</source>
   <translation>影像对已全部浏览：没有轮廓的就不是变化</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>Time to learn, in minutes</source>
   <translation>学习时间，分钟</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>or one pair: before</source>
   <translation>或一对影像：之前</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>A table brought by hand (RDRCUMINDEX.TAB or cumindex.tab; no network is used)</source>
   <translation>手动取来的表（RDRCUMINDEX.TAB 或 cumindex.tab；不使用网络）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Address of the table (empty: the archive's own; for one instrument)</source>
   <translation>表的地址（空：档案库自己的；限一个仪器）</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Both URL and TABLE are given.</source>
   <translation>URL 和 TABLE 都给出了。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Choose HIRISE, CTX or both.</source>
   <translation>请选择 HIRISE、CTX 或两者。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Folder of the index</source>
   <translation>索引的文件夹</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Give one of them.</source>
   <translation>请给出其中一个。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Indexes that are new</source>
   <translation>新的索引</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>No instrument is chosen.</source>
   <translation>没有选择仪器。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Products in the index</source>
   <translation>索引中的产品</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Rows left out</source>
   <translation>略去的行</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>URL and TABLE are of one instrument, and {count} are chosen.</source>
   <translation>URL 和 TABLE 属于一个仪器，而选择了 {count} 个。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Update one after the other.</source>
   <translation>请逐个更新。</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Update the offline index</source>
   <translation>更新离线索引</translation>
  </message>
 </context>
</TS>
