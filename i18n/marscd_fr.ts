<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
 <context>
  <name>MarsCD</name>
  <message>
   <location filename="../marscd_plugin/gui/analogue/adding.py" />
   <source>Check the name. A web address must be that of the file itself, such as one that ends in .tif.</source>
   <translation>Vérifiez le nom. Une adresse web doit être celle du fichier lui-même, par exemple une qui finit par .tif.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/adding.py" />
   <source>Images</source>
   <translation>Images</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/adding.py" />
   <source>Open an image</source>
   <translation>Ouvrir une image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/adding.py" />
   <source>{source} cannot be opened as an image.</source>
   <translation>{source} ne s'ouvre pas comme image.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source> m</source>
   <translation> m</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source> px</source>
   <translation> px</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>&amp;Chip size</source>
   <translation>Taille de &amp;vignette</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>&amp;Model</source>
   <translation>&amp;Modèle</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>A chip is the square of ground that is compared as one; this is its edge. Choose it so that one chip shows the landform and little else.</source>
   <translation>Une vignette est le carré de sol comparé d'un bloc ; ceci est son côté. Choisissez-le pour qu'une vignette montre la forme et peu d'autre chose.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>About the model</source>
   <translation>À propos du modèle</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>About the sizes</source>
   <translation>À propos des tailles</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>Choose a file…</source>
   <translation>Choisir un fichier…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>Choose a model</source>
   <translation>Choisir un modèle</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>How far apart the compared places lie. Half a chip finds everything; a smaller step places it better and takes longer.</source>
   <translation>La distance entre les lieux comparés. Une demi-vignette trouve tout ; un pas plus petit situe mieux et prend plus de temps.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>Looking for models…</source>
   <translation>Recherche des modèles…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>ONNX models (*.onnx)</source>
   <translation>Modèles ONNX (*.onnx)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>R&amp;un on</source>
   <translation>Exéc&amp;uter sur</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>S&amp;tep</source>
   <translation>Pa&amp;s</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>Take the proposed sizes</source>
   <translation>Prendre les tailles proposées</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>Take the sizes that suit these images and this model</source>
   <translation>Prendre les tailles qui conviennent à ces images et à ce modèle</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>Takes chips of {px} by {px} pixels and gives {count} numbers.</source>
   <translation>Prend des vignettes de {px} sur {px} pixels et donne {count} nombres.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>The embedding: a network that describes a chip of ground by a row of numbers. Chips of one kind of ground get alike numbers, so their distance is small.</source>
   <translation>La représentation : un réseau qui décrit une vignette de sol par une suite de nombres. Les vignettes d'un même genre de sol ont des nombres semblables, leur distance est donc petite.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/how_box.py" />
   <source>What computes: AUTO takes the graphics card where one works, else the processor (CPU)</source>
   <translation>Ce qui calcule : AUTO prend la carte graphique si elle fonctionne, sinon le processeur (CPU)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>About the image</source>
   <translation>À propos de l'image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>Add</source>
   <translation>Ajouter</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>Add an image</source>
   <translation>Ajouter une image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>Add an image that is not in the project yet: a file, or a web address</source>
   <translation>Ajouter une image qui n'est pas encore dans le projet : un fichier, ou une adresse web</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>Add the image at this address to the project</source>
   <translation>Ajouter au projet l'image de cette adresse</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>Choose an image</source>
   <translation>Choisir une image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>From a &amp;file…</source>
   <translation>Depuis un &amp;fichier…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>From a &amp;web address…</source>
   <translation>Depuis une adresse &amp;web…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>Opening the image…</source>
   <translation>Ouverture de l'image…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>The address of a cloud-optimised GeoTIFF (COG): only the parts that are searched are fetched. Or anything that GDAL opens.</source>
   <translation>L'adresse d'un GeoTIFF optimisé (COG) : seules les parties explorées sont téléchargées. Ou tout ce que GDAL sait ouvrir.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/image_picker.py" />
   <source>Web address of an image</source>
   <translation>Adresse web d'une image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/images.py" />
   <source>Earth</source>
   <translation>la Terre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/images.py" />
   <source>Mars</source>
   <translation>Mars</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/images.py" />
   <source>the Moon</source>
   <translation>la Lune</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/images.py" />
   <source>without a place on a planet</source>
   <translation>sans lieu sur un astre</translation>
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
   <translation>{size} m par pixel</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/images.py" />
   <source>{wide} by {high} pixels, scale unknown</source>
   <translation>{wide} sur {high} pixels, échelle inconnue</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>No program was found that opens it. The file is {path}</source>
   <translation>Aucun programme n'a été trouvé pour l'ouvrir. Le fichier est {path}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>Rank landing sites</source>
   <translation>Classer des sites d'atterrissage</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>Rank the matches again.</source>
   <translation>Classez à nouveau les correspondances.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>Ranking the matches</source>
   <translation>Classement des correspondances</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>Read the landing sites</source>
   <translation>Lire les sites d'atterrissage</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>Search for analogues on Mars first.</source>
   <translation>Cherchez d'abord des analogues sur Mars.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>The map does not show Mars: start a Mars project in the step Area.</source>
   <translation>La carte ne montre pas Mars : commencez un projet Mars à l'étape Zone.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>The matches of this search do not lie on Mars. Search an image of Mars to rank places to land.</source>
   <translation>Les correspondances de cette recherche ne sont pas sur Mars. Explorez une image de Mars pour classer des lieux d'atterrissage.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>The report is not there.</source>
   <translation>Le rapport n'est pas là.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>The sites were not ranked.</source>
   <translation>Les sites n'ont pas été classés.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>{algorithm} is not there.</source>
   <translation>{algorithm} n'est pas là.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing.py" />
   <source>{path} cannot be opened.</source>
   <translation>{path} ne s'ouvre pas.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>&amp;CRISM images</source>
   <translation>Images &amp;CRISM</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>&amp;Rank as landing sites</source>
   <translation>Classer comme &amp;sites d'atterrissage</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>&amp;Terrain model</source>
   <translation>Modèle de &amp;terrain</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>A terrain model (DTM) in metres, for slope and height of each place; may be left out</source>
   <translation>Un modèle de terrain (DTM) en mètres, pour la pente et l'altitude de chaque lieu ; peut être omis</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>Click a site to go there</source>
   <translation>Cliquez un site pour y aller</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>Landing sites</source>
   <translation>Sites</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>One table of candidate landing areas, with what is known of each</source>
   <translation>Un tableau des zones d'atterrissage candidates, avec ce qui est connu de chacune</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>Open the report of the landing sites in the web browser</source>
   <translation>Ouvrir le rapport des sites d'atterrissage dans le navigateur web</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>Puts slope, height and minerals beside each match on Mars, and ranks them. Matches that you called not like the target are left out.</source>
   <translation>Met pente, altitude et minéraux à côté de chaque correspondance sur Mars, et les classe. Celles que vous avez dites différentes de la cible sont écartées.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>R&amp;eport</source>
   <translation>R&amp;apport</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>Stop within a second or two; nothing half-finished is kept</source>
   <translation>Arrêter en une seconde ou deux ; rien d'inachevé n'est gardé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>Tick CRISM cubes or summary parameters that cover the matches: gypsum and hydrated sulfates show in them. Halite (rock salt) has a flat spectrum and cannot be seen.</source>
   <translation>Cochez des cubes CRISM ou des paramètres de synthèse qui couvrent les correspondances : le gypse et les sulfates hydratés s'y voient. La halite (sel gemme) a un spectre plat et ne se voit pas.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/landing_panel.py" />
   <source>none</source>
   <translation>aucun</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>Keep the verdicts</source>
   <translation>Garder les verdicts</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>Model {model}, chips of {size} m, step {step} m</source>
   <translation>Modèle {model}, vignettes de {size} m, pas de {step} m</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>Ranking all places by your verdicts</source>
   <translation>Classement de tous les lieux d'après vos verdicts</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>Read the matches</source>
   <translation>Lire les correspondances</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>Stopped; the former matches stand.</source>
   <translation>Arrêté ; les correspondances précédentes restent.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>The distance is not on the map.</source>
   <translation>La distance n'est pas sur la carte.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>The matches were not ranked anew.</source>
   <translation>Les correspondances n'ont pas été reclassées.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>The picture of the surface is not there.</source>
   <translation>L'image de la surface n'est pas là.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/looking.py" />
   <source>This match has no place on the map that is open.</source>
   <translation>Cette correspondance n'a pas de lieu sur la carte ouverte.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>(round {number})</source>
   <translation>(tour {number})</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>Analogues</source>
   <translation>Analogues</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>Distance to the target</source>
   <translation>Distance à la cible</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>Matches</source>
   <translation>Correspondances</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>Search again.</source>
   <translation>Cherchez à nouveau.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>match</source>
   <translation>correspondance</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>more like this</source>
   <translation>plus comme ceci</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>not like this</source>
   <translation>pas comme ceci</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>weak</source>
   <translation>faible</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/map_layers.py" />
   <source>{path} cannot be opened as a layer.</source>
   <translation>{path} ne s'ouvre pas comme couche.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Choose another layer, or draw the target.</source>
   <translation>Choisissez une autre couche, ou dessinez la cible.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Choose another.</source>
   <translation>Choisissez-en une autre.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Choose the image that you draw on as the image of the target.</source>
   <translation>Choisissez comme image de la cible celle sur laquelle vous dessinez.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Nothing is selected in {layer}, which has {count} polygons.</source>
   <translation>Rien n'est sélectionné dans {layer}, qui a {count} polygones.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Pictures of the targets</source>
   <translation>Images des cibles</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Remove some first.</source>
   <translation>Enlevez-en d'abord.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Select the polygons you mean with QGIS's selection tools, then try again.</source>
   <translation>Sélectionnez les polygones voulus avec les outils de sélection de QGIS, puis réessayez.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Set its CRS in the layer's properties.</source>
   <translation>Définissez son SCR dans les propriétés de la couche.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>Simplify them first, or select fewer.</source>
   <translation>Simplifiez-les d'abord, ou sélectionnez-en moins.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>The layer is not there any more.</source>
   <translation>La couche n'est plus là.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>The polygons of {layer} have too many vertices.</source>
   <translation>Les polygones de {layer} ont trop de sommets.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>This image has no place on a planet, so nothing can be marked on it: use the whole image.</source>
   <translation>Cette image n'a pas de lieu sur un astre, donc rien ne peut y être marqué : prenez toute l'image.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>This lies on {there}, and the image of the target on {here}.</source>
   <translation>Ceci se trouve sur {there}, et l'image de la cible sur {here}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>{count} targets are marked already.</source>
   <translation>{count} cibles sont déjà marquées.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>{layer} has no coordinate system that names a body.</source>
   <translation>{layer} n'a pas de système de coordonnées qui nomme un astre.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>{layer} holds no polygon.</source>
   <translation>{layer} ne contient aucun polygone.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/marking.py" />
   <source>{name} is marked. The map does not show Mars, so it did not move there.</source>
   <translation>{name} est marqué. La carte ne montre pas Mars, elle ne s'y est donc pas déplacée.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/match_list.py" />
   <source>Left the target, right the match. Click: go there; N and P: next and previous</source>
   <translation>À gauche la cible, à droite la correspondance. Clic : y aller ; N et P : suivante et précédente</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>&amp;3-D</source>
   <translation>&amp;3-D</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>&amp;Distance on the map</source>
   <translation>&amp;Distance sur la carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>&amp;Search</source>
   <translation>Rec&amp;herche</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>A small distance alone says nothing: some kinds of ground are common. So each match is compared with places taken at random from the searched ground; one that is no nearer than many of them is weak.</source>
   <translation>Une petite distance ne dit rien à elle seule : certains genres de sol sont courants. Chaque correspondance est donc comparée à des lieux pris au hasard dans le sol exploré ; celle qui n'est pas plus proche que beaucoup d'entre eux est faible.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Choose a match and say whether it is what you look for; then search again.</source>
   <translation>Choisissez une correspondance et dites si c'est ce que vous cherchez ; puis cherchez à nouveau.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Colours the searched ground by its distance to the target: bright is most alike. Off: the image alone</source>
   <translation>Colore le sol exploré selon sa distance à la cible : clair est le plus semblable. Désactivé : l'image seule</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Distance as ground of QGIS's 3D view</source>
   <translation>Distance comme sol de la vue 3D de QGIS</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Next match (N, or Alt+Down)</source>
   <translation>Correspondance suivante (N, ou Alt+Bas)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Nothing was searched for in this job yet. Begin in the tab Search.</source>
   <translation>Rien n'a encore été cherché dans ce travail. Commencez sous l'onglet Recherche.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Open the report of this search in the web browser</source>
   <translation>Ouvrir le rapport de cette recherche dans le navigateur web</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Picture of the surface</source>
   <translation>Image de la surface</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Previous match (P, or Alt+Up)</source>
   <translation>Correspondance précédente (P, ou Alt+Haut)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Ranks all places anew by what you called like the target and what you did not. The images are not read again, so it is quick. One match that you accept is enough to begin with.</source>
   <translation>Reclasse tous les lieux d'après ce que vous avez dit semblable à la cible ou non. Les images ne sont pas relues, c'est donc rapide. Une correspondance acceptée suffit pour commencer.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Re&amp;port</source>
   <translation>&amp;Rapport</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Result</source>
   <translation>Résultat</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Search &amp;again with my verdicts</source>
   <translation>Chercher à &amp;nouveau avec mes verdicts</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Sets the project's terrain to the distance; then open View &gt; 3D Map Views</source>
   <translation>Prend la distance comme terrain du projet ; ouvrez ensuite Vue &gt; Vue 3D</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Stop within a second or two; the matches that are shown stay</source>
   <translation>Arrêter en une seconde ou deux ; les correspondances montrées restent</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Take the verdict back</source>
   <translation>Retirer le verdict</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Take the verdict on this match back (U)</source>
   <translation>Retirer le verdict sur cette correspondance (U)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>The distance as a surface: what looks like the target lies deep</source>
   <translation>La distance en surface : ce qui ressemble à la cible est en creux</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>This is something else (R); then the next one</source>
   <translation>C'est autre chose (R) ; puis la suivante</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>This is what I look for (A); then the next one</source>
   <translation>C'est ce que je cherche (A) ; puis la suivante</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>What was judged</source>
   <translation>Ce qui a été jugé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>Which search; all of this job, and the rounds of each</source>
   <translation>Quelle recherche ; toutes celles de ce travail, et les tours de chacune</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>{judged} of {count} judged: {accepted} like the target, {rejected} not.</source>
   <translation>{judged} sur {count} jugées : {accepted} comme la cible, {rejected} non.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>✓ &amp;More like this</source>
   <translation>✓ &amp;Comme ceci</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/matches_panel.py" />
   <source>✗ N&amp;ot like this</source>
   <translation>✗ &amp;Pas ceci</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/page.py" />
   <source>Look for earlier searches</source>
   <translation>Chercher les recherches antérieures</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/page.py" />
   <source>Search</source>
   <translation>Recherche</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/page.py" />
   <source>The search has ended. It lies in the job that was open when it began: {folder}</source>
   <translation>La recherche est terminée. Elle se trouve dans le travail qui était ouvert à son début : {folder}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/part.py" />
   <source>No box is drawn on the image to search.</source>
   <translation>Aucun rectangle n'est dessiné sur l'image à explorer.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/part.py" />
   <source>Press Draw, and draw it.</source>
   <translation>Appuyez sur Dessiner, et dessinez-le.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/part.py" />
   <source>Press Show first.</source>
   <translation>Appuyez d'abord sur Afficher.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/part.py" />
   <source>The image to search is not shown.</source>
   <translation>L'image à explorer n'est pas affichée.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/part.py" />
   <source>This image has no place on a planet, so no box can be drawn on it: search the whole image.</source>
   <translation>Cette image n'a pas de lieu sur un astre, donc aucun rectangle ne peut y être dessiné : explorez toute l'image.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>About {count} places are compared.</source>
   <translation>Environ {count} lieux sont comparés.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>Proposed: {why}.</source>
   <translation>Proposée : {why}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>Such a chip has only {real} real pixels of the coarser image a side; the model wants {px}. Make it larger.</source>
   <translation>Une telle vignette n'a que {real} vrais pixels de l'image la plus grossière par côté ; le modèle en veut {px}. Agrandissez-la.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>That is too many: make step or chip larger, or search a smaller area.</source>
   <translation>C'est trop : agrandissez le pas ou la vignette, ou explorez une zone plus petite.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>That takes a while; a larger step is faster.</source>
   <translation>Cela prend un moment ; un pas plus grand est plus rapide.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>The model was trained at {low} to {high} m a pixel and would see {scale} m here.</source>
   <translation>Le modèle a été entraîné de {low} à {high} m par pixel et verrait ici {scale} m.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>Without a scale a chip is counted in pixels: those that the model takes.</source>
   <translation>Sans échelle, une vignette se compte en pixels : ceux que prend le modèle.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>as large as the smallest target</source>
   <translation>aussi grande que la plus petite cible</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>half of the model's pixels are real ones; the target is smaller, so ground around it counts too</source>
   <translation>la moitié des pixels du modèle sont de vrais pixels ; la cible est plus petite, donc le sol autour compte aussi</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>within the scales that the model was trained at</source>
   <translation>dans les échelles auxquelles le modèle a été entraîné</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>{px} pixels of {size} m, those of the coarser image</source>
   <translation>{px} pixels de {size} m, ceux de l'image la plus grossière</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/proposal.py" />
   <source>⚠ The ground to search is smaller than one chip ({size}).</source>
   <translation>⚠ Le sol à explorer est plus petit qu'une vignette ({size}).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>1 match</source>
   <translation>1 correspondance</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>Distance {distance}: 0 is the same picture, larger is less alike.</source>
   <translation>Distance {distance} : 0 est la même image, plus grand est moins semblable.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>No place could be compared: all of the searched ground is empty or without texture.</source>
   <translation>Aucun lieu n'a pu être comparé : tout le sol exploré est vide ou sans texture.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>Of places taken at random from the searched ground, {share} % are at least as near to the target (percentile).</source>
   <translation>Parmi des lieux pris au hasard dans le sol exploré, {share} % sont au moins aussi proches de la cible (percentile).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>Weak: even the best match says little.</source>
   <translation>Faible : même la meilleure correspondance ne dit pas grand-chose.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>Weak: {reason}</source>
   <translation>Faible : {reason}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>Weak: {weak} (marked ⚠).</source>
   <translation>Faibles : {weak} (marquées ⚠).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>You said: more like this.</source>
   <translation>Vous avez dit : plus comme ceci.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>You said: not like this.</source>
   <translation>Vous avez dit : pas comme ceci.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>chance gives as much.</source>
   <translation>le hasard en donne autant.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>column {x}, row {y}</source>
   <translation>colonne {x}, ligne {y}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>distance {distance}</source>
   <translation>distance {distance}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>like your verdicts: {score} %</source>
   <translation>selon vos verdicts : {score} %</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>nearer than all random places that were tried</source>
   <translation>plus proche que tous les lieux au hasard essayés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>nearer than {share} % of random places</source>
   <translation>plus proche que {share} % des lieux au hasard</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>not compared with random places</source>
   <translation>non comparée à des lieux au hasard</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>weak: {near}</source>
   <translation>faible : {near}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>{count} matches</source>
   <translation>{count} correspondances</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/rows.py" />
   <source>{count}. The best is {near}.</source>
   <translation>{count}. La meilleure est {near}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/running_search.py" />
   <source>Find analogues</source>
   <translation>Trouver des analogues</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/running_search.py" />
   <source>Keep the search</source>
   <translation>Garder la recherche</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/running_search.py" />
   <source>Prepare the round</source>
   <translation>Préparer le tour</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/running_search.py" />
   <source>Prepare the search</source>
   <translation>Préparer la recherche</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/running_search.py" />
   <source>Search again with verdicts</source>
   <translation>Chercher à nouveau avec les verdicts</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/running_search.py" />
   <source>Tidy up</source>
   <translation>Ranger</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/running_search.py" />
   <source>{algorithm} is not there. Switch MarsCD off and on in the plugin manager.</source>
   <translation>{algorithm} n'est pas là. Désactivez puis réactivez MarsCD dans le gestionnaire d'extensions.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/search_panel.py" />
   <source>&amp;Find analogues</source>
   <translation>Trouver des ana&amp;logues</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/search_panel.py" />
   <source>1  What to look for</source>
   <translation>1  Que chercher</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/search_panel.py" />
   <source>2  Where to search</source>
   <translation>2  Où chercher</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/search_panel.py" />
   <source>3  How</source>
   <translation>3  Comment</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/search_panel.py" />
   <source>Compare every place of the searched ground with the target</source>
   <translation>Comparer chaque lieu du sol exploré à la cible</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/search_panel.py" />
   <source>Stop within a second or two; what was computed is kept for the next try</source>
   <translation>Arrêter en une seconde ou deux ; ce qui a été calculé est gardé pour l'essai suivant</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/search_panel.py" />
   <source>What is missing</source>
   <translation>Ce qui manque</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>First add an image that shows what you look for.</source>
   <translation>Ajoutez d'abord une image qui montre ce que vous cherchez.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Look for models</source>
   <translation>Chercher les modèles</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Next: add an image to search (step 2).</source>
   <translation>Ensuite : ajoutez une image à explorer (étape 2).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Next: mark a target on the map (step 1).</source>
   <translation>Ensuite : marquez une cible sur la carte (étape 1).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Nothing was searched.</source>
   <translation>Rien n'a été cherché.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Only one of the two images has a scale, so they cannot be compared: choose another.</source>
   <translation>Une seule des deux images a une échelle, elles ne peuvent donc pas être comparées : choisissez-en une autre.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Press Draw, and draw the box on the image's map.</source>
   <translation>Appuyez sur Dessiner, et dessinez le rectangle sur la carte de l'image.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Searching {image}</source>
   <translation>Exploration de {image}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>Stopped. Nothing half-finished was kept.</source>
   <translation>Arrêté. Rien d'inachevé n'a été gardé.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>The ground to search is smaller than one chip: make the chip smaller, or search more ground.</source>
   <translation>Le sol à explorer est plus petit qu'une vignette : réduisez la vignette, ou explorez plus de sol.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>The map does not show {body}: this image and its matches get a view of their own.</source>
   <translation>La carte ne montre pas {body} : cette image et ses correspondances auront une vue à elles.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>The models are being looked at…</source>
   <translation>Examen des modèles…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/searching.py" />
   <source>{name} is marked on {there}, and the image of the target shows {here}.</source>
   <translation>{name} est marqué sur {there}, et l'image de la cible montre {here}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/side_view.py" />
   <source>A map of its own: QGIS's map lies on another body, where these coordinates mean another place. Drag to move, turn the wheel to zoom.</source>
   <translation>Une carte à part : la carte de QGIS est sur un autre astre, où ces coordonnées désignent un autre lieu. Glissez pour déplacer, tournez la molette pour zoomer.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/side_view.py" />
   <source>Map of the other body</source>
   <translation>Carte de l'autre astre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/side_view.py" />
   <source>MarsCD: other body</source>
   <translation>MarsCD : autre astre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/side_view.py" />
   <source>Show the whole image</source>
   <translation>Montrer toute l'image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/side_view.py" />
   <source>Zoom in</source>
   <translation>Zoom avant</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/side_view.py" />
   <source>Zoom out</source>
   <translation>Zoom arrière</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/stored.py" />
   <source>Start a new job, or delete searches there.</source>
   <translation>Commencez un nouveau travail, ou supprimez-y des recherches.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/stored.py" />
   <source>Start a new search.</source>
   <translation>Commencez une nouvelle recherche.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/stored.py" />
   <source>{folder} is full.</source>
   <translation>{folder} est plein.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/stored.py" />
   <source>{names} and {count} more</source>
   <translation>{names} et {count} de plus</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/stored.py" />
   <source>{number}: {targets} in {image}</source>
   <translation>{number} : {targets} dans {image}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>&amp;Image of the target</source>
   <translation>&amp;Image de la cible</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>&amp;Polygon</source>
   <translation>&amp;Polygone</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Click its corners on the map; right click or Enter ends, Esc leaves</source>
   <translation>Cliquez ses sommets sur la carte ; clic droit ou Entrée termine, Échap quitte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Drag over the map, or click two opposite corners; Esc leaves</source>
   <translation>Glissez sur la carte, ou cliquez deux coins opposés ; Échap quitte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Draw a &amp;box</source>
   <translation>&amp;Rectangle</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Image of the target</source>
   <translation>Image de la cible</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>M&amp;ore</source>
   <translation>&amp;Autres</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Mark what you look for: draw a box around it on the map. Several boxes of one landform find more than one.</source>
   <translation>Marquez ce que vous cherchez : dessinez un rectangle autour sur la carte. Plusieurs rectangles d'une même forme trouvent plus qu'un seul.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Nothing needs to be marked: an image cut out to show just the landform, for example</source>
   <translation>Rien n'a besoin d'être marqué : une image découpée pour ne montrer que la forme, par exemple</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Polygons of a layer</source>
   <translation>Polygones d'une couche</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Polygons of a layer, or a place of the paper that this method comes from</source>
   <translation>Les polygones d'une couche, ou un lieu de l'article d'où vient cette méthode</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Remove the chosen target (Delete)</source>
   <translation>Enlever la cible choisie (Suppr)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Show the chosen target on the map</source>
   <translation>Montrer la cible choisie sur la carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Shows the place on the map of Mars and marks it</source>
   <translation>Montre le lieu sur la carte de Mars et le marque</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Targets</source>
   <translation>Cibles</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>Targets of the paper (Mars)</source>
   <translation>Cibles de l'article (Mars)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>The &amp;whole image is the target</source>
   <translation>&amp;Toute l'image est la cible</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>The image of the target does not show this place: choose another image, or remove it.</source>
   <translation>L'image de la cible ne montre pas ce lieu : choisissez une autre image, ou enlevez-le.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>The image that shows what you look for; it may lie on Mars or on Earth</source>
   <translation>L'image qui montre ce que vous cherchez ; elle peut être de Mars ou de la Terre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>The project has no image yet: add one with +, or fetch one in the step Fetch.</source>
   <translation>Le projet n'a pas encore d'image : ajoutez-en une avec +, ou téléchargez-en une à l'étape Télécharger.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>The project has no polygon layer</source>
   <translation>Le projet n'a pas de couche de polygones</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>{layer}: all</source>
   <translation>{layer} : tous</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>{layer}: {count} selected</source>
   <translation>{layer} : {count} sélectionnés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>{name}: {landform}</source>
   <translation>{name} : {landform}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/target_box.py" />
   <source>{size} across. Double click or F2: another name. Enter: show it. Delete: remove it.</source>
   <translation>{size} de large. Double clic ou F2 : un autre nom. Entrée : la montrer. Suppr : l'enlever.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/targets.py" />
   <source>Mark a target first.</source>
   <translation>Marquez d'abord une cible.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/targets.py" />
   <source>Mark the targets again.</source>
   <translation>Marquez à nouveau les cibles.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/targets.py" />
   <source>Nothing is marked.</source>
   <translation>Rien n'est marqué.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/targets.py" />
   <source>Target {number}</source>
   <translation>Cible {number}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/targets.py" />
   <source>{path} cannot be read.</source>
   <translation>{path} ne peut pas être lu.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/terrain.py" />
   <source>QGIS's 3D view shows the map's body only, and this distance lies on another: see the picture.</source>
   <translation>La vue 3D de QGIS ne montre que l'astre de la carte, et cette distance est sur un autre : voyez l'image.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/terrain.py" />
   <source>QGIS's 3D view wants a map in metres: choose the map True to scale here in the step Area first. Or see the picture of the surface.</source>
   <translation>La vue 3D de QGIS veut une carte en mètres : choisissez d'abord la carte À l'échelle ici à l'étape Zone. Ou voyez l'image de la surface.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/terrain.py" />
   <source>The project's terrain is the distance now. Open View &gt; 3D Map Views &gt; New 3D Map View. Project &gt; Properties &gt; Terrain sets it back.</source>
   <translation>Le terrain du projet est maintenant la distance. Ouvrez Vue &gt; Vue 3D &gt; Nouvelle Vue Cartographique 3D. Projet &gt; Propriétés &gt; Terrain le rétablit.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/views.py" />
   <source>{image} (MarsCD)</source>
   <translation>{image} (MarsCD)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>&amp;Draw</source>
   <translation>&amp;Dessiner</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>A box that I draw</source>
   <translation>Un rectangle</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>Add the image to search with +: a file, or the web address of a cloud-optimised GeoTIFF.</source>
   <translation>Ajoutez l'image à explorer avec + : un fichier, ou l'adresse web d'un GeoTIFF optimisé (COG).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>Draw the box on the image's map: drag, or click two opposite corners; Esc leaves</source>
   <translation>Dessiner le rectangle sur la carte de l'image : glissez, ou cliquez deux coins opposés ; Échap quitte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>Image to &amp;search</source>
   <translation>Image à &amp;explorer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>Image to search</source>
   <translation>Image à explorer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>S&amp;earch in</source>
   <translation>Da&amp;ns</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>S&amp;how</source>
   <translation>Affic&amp;her</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>Search only a part: quicker, and chance is measured on that part</source>
   <translation>N'explorer qu'une partie : plus rapide, et le hasard est mesuré sur cette partie</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>Show this image: on the map, or in a view of its own where the map lies on another body</source>
   <translation>Montrer cette image : sur la carte, ou dans une vue à elle si la carte est sur un autre astre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>The whole image</source>
   <translation>Toute l'image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>What its map shows now</source>
   <translation>Carte actuelle</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/analogue/where_box.py" />
   <source>Where to look for the same kind of ground: an image of Mars or of Earth, as large as you like</source>
   <translation>Où chercher le même genre de sol : une image de Mars ou de la Terre, aussi grande que vous voulez</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/describe.py" />
   <source>all longitudes</source>
   <translation>toutes les longitudes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/describe.py" />
   <source>all round the planet</source>
   <translation>tout autour de la planète</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/describe.py" />
   <source>{a} to {b}</source>
   <translation>{a} à {b}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/describe.py" />
   <source>{middle}, in {place}</source>
   <translation>{middle}, dans {place}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/describe.py" />
   <source>{middle}, near {place}</source>
   <translation>{middle}, près de {place}</translation>
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
   <translation>&amp;Est</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>&amp;Layer</source>
   <translation>Couc&amp;he</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>&amp;North</source>
   <translation>&amp;Nord</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>&amp;Place</source>
   <translation>&amp;Lieu</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>&amp;Radius</source>
   <translation>&amp;Rayon</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>&amp;Use as area</source>
   <translation>&amp;Utiliser comme zone</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>&amp;West</source>
   <translation>&amp;Ouest</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>A named place, or coordinates: longitude (east) and latitude</source>
   <translation>Un lieu nommé, ou des coordonnées : longitude (est) et latitude</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>A place and a radius</source>
   <translation>Un lieu et un rayon</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Degrees: longitudes count eastwards (0 to 360, or -180 to 180), latitudes are planetocentric (angles at the planet's centre), south negative. West 170 and east 190 go across 180.</source>
   <translation>Degrés : les longitudes se comptent vers l'est (0 à 360, ou -180 à 180), les latitudes sont planétocentriques (angles au centre de la planète), négatives au sud. Ouest 170 et est 190 traversent les 180.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>How far from the middle of the place, along the ground</source>
   <translation>Distance au sol depuis le milieu du lieu</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Its selected polygons are used; all of them where none is selected</source>
   <translation>Ses polygones sélectionnés sont utilisés ; tous, si aucun n'est sélectionné</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Move and zoom the map until it shows what you want to watch.</source>
   <translation>Déplacez et zoomez la carte jusqu'à ce qu'elle montre ce que vous voulez surveiller.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Other ways to say where</source>
   <translation>Autres façons de dire où</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Place</source>
   <translation>Lieu</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Polygon layer</source>
   <translation>Couche de polygones</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Radius</source>
   <translation>Rayon</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Set the area from what is given above</source>
   <translation>Définir la zone d'après ce qui est donné ci-dessus</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Sou&amp;th</source>
   <translation>&amp;Sud</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>Take the area from something that is there already</source>
   <translation>Prendre la zone dans quelque chose qui existe déjà</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>West, south, east, north</source>
   <translation>Ouest, sud, est, nord</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/inputs.py" />
   <source>What the map shows</source>
   <translation>Ce que montre la carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>&amp;Basemap</source>
   <translation>&amp;Fond de carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>&amp;Go</source>
   <translation>A&amp;ller</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>&amp;Map</source>
   <translation>&amp;Carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>&amp;Start a Mars project</source>
   <translation>Démarrer un projet &amp;Mars</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>1  Map of Mars</source>
   <translation>1  Carte de Mars</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>2  Go to a place</source>
   <translation>2  Aller à un lieu</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>A crater, mountain, valley or landing site, or longitude (east) and latitude</source>
   <translation>Un cratère, une montagne, une vallée ou un site d'atterrissage, ou bien longitude (est) et latitude</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Add the offline basemap again, or another online map</source>
   <translation>Rajouter le fond de carte hors ligne, ou une autre carte en ligne</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Gives the project a coordinate system of Mars, so that lengths are right, and adds a map of the planet</source>
   <translation>Donne au projet un système de coordonnées de Mars, pour que les longueurs soient justes, et ajoute une carte de la planète</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>How the planet is laid flat. Whole planet: in degrees; QGIS's measuring tool is right, shapes are stretched away from the equator. The others are in metres and keep shapes around a pole, or around your area; QGIS cannot measure on them and shows no number.</source>
   <translation>Comment la planète est mise à plat. Planète entière : en degrés ; l'outil de mesure de QGIS est juste, les formes sont étirées loin de l'équateur. Les autres sont en mètres et gardent les formes autour d'un pôle ou de votre zone ; QGIS ne sait pas y mesurer et n'affiche aucun nombre.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>North pole</source>
   <translation>Pôle Nord</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Offline picture, graticule and names</source>
   <translation>Image, graticule et noms hors ligne</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Place to go to</source>
   <translation>Lieu où aller</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Show this place on the map</source>
   <translation>Montrer ce lieu sur la carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Shows the surroundings of the pole undistorted, in metres</source>
   <translation>Montre les environs du pôle sans déformation, en mètres</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>So near a pole this map is stretched.</source>
   <translation>Si près d'un pôle, cette carte est étirée.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>South pole</source>
   <translation>Pôle Sud</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>The open project is not on Mars yet.</source>
   <translation>Le projet ouvert n'est pas encore sur Mars.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>True to scale here</source>
   <translation>À l'échelle ici</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Use the pola&amp;r map</source>
   <translation>Utiliser la carte pola&amp;ire</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/map_box.py" />
   <source>Whole planet</source>
   <translation>Planète entière</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>&amp;Draw a rectangle</source>
   <translation>&amp;Dessiner un rectangle</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>&amp;Find observations</source>
   <translation>&amp;Trouver des observations</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>3  Mark the area</source>
   <translation>3  Marquer la zone</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>Area</source>
   <translation>Zone</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>Click its corners on the map; right click or Enter ends</source>
   <translation>Cliquez ses sommets sur la carte ; clic droit ou Entrée pour terminer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>Drag over the map, or click two opposite corners</source>
   <translation>Faites glisser sur la carte, ou cliquez deux coins opposés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>Draw a &amp;polygon</source>
   <translation>Dessiner un &amp;polygone</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>Mark an area first</source>
   <translation>Marquez d'abord une zone</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>Or take it from:</source>
   <translation>Ou la prendre de :</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>See which images of this area there are, and from when</source>
   <translation>Voir quelles images de cette zone existent, et de quand</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/page.py" />
   <source>The map does not show Mars. Start a Mars project first.</source>
   <translation>La carte ne montre pas Mars. Démarrez d'abord un projet Mars.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>&amp;Clear</source>
   <translation>&amp;Effacer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>&amp;Outline</source>
   <translation>C&amp;ontour</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>&amp;Zoom to it</source>
   <translation>&amp;Zoomer dessus</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>Forget this area</source>
   <translation>Oublier cette zone</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>Measured on the sphere of Mars, radius {radius} km</source>
   <translation>Mesuré sur la sphère de Mars, de rayon {radius} km</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>No area yet: draw one, or take it from one of the sources above.</source>
   <translation>Pas encore de zone : dessinez-en une, ou prenez-la de l'une des sources ci-dessus.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>Show all of the area on the map</source>
   <translation>Montrer toute la zone sur la carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>Show its outline on the map</source>
   <translation>Montrer son contour sur la carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/result_box.py" />
   <source>The middle of the area: latitude, and longitude counted eastwards</source>
   <translation>Le milieu de la zone : latitude, et longitude comptée vers l'est</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Add one to the project, or draw the area.</source>
   <translation>Ajoutez-en une au projet, ou dessinez la zone.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Choose a layer on Mars. If its coordinates are Mars's after all, set its CRS to IAU_2015:49900 first.</source>
   <translation>Choisissez une couche sur Mars. Si ses coordonnées sont bien celles de Mars, donnez-lui d'abord le SCR IAU_2015:49900.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Choose another layer, or draw the area.</source>
   <translation>Choisissez une autre couche, ou dessinez la zone.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>No place is named.</source>
   <translation>Aucun lieu n'est nommé.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Nothing was selected: all {count} polygons are used.</source>
   <translation>Rien n'était sélectionné : les {count} polygones sont tous utilisés.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Select {most} at most, or dissolve them into one first.</source>
   <translation>Sélectionnez-en {most} au plus, ou regroupez-les d'abord en un seul.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Start a Mars project first.</source>
   <translation>Démarrez d'abord un projet Mars.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>The map does not show Mars.</source>
   <translation>La carte ne montre pas Mars.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>The map shows more than half of the planet.</source>
   <translation>La carte montre plus de la moitié de la planète.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>The map shows nothing of Mars.</source>
   <translation>La carte ne montre rien de Mars.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>There is no polygon layer.</source>
   <translation>Il n'y a pas de couche de polygones.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Type a name such as Gale, or coordinates such as 202.3 E 41.6 S.</source>
   <translation>Tapez un nom comme Gale, ou des coordonnées comme 202.3 E 41.6 S.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Zoom in to the part you mean, or draw the area.</source>
   <translation>Zoomez sur la partie voulue, ou dessinez la zone.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>Zoom to the planet first.</source>
   <translation>Zoomez d'abord sur la planète.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>{count} polygons are selected in {layer}.</source>
   <translation>{count} polygones sont sélectionnés dans {layer}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>{layer} does not say which body it lies on: read as degrees of Mars, east-positive.</source>
   <translation>{layer} ne dit pas sur quel astre elle se trouve : lue en degrés de Mars, positifs vers l'est.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area/sources.py" />
   <source>{layer} lies on {body} ({crs}).</source>
   <translation>{layer} se trouve sur {body} ({crs}).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area_file.py" />
   <source>Choose a folder you may write to.</source>
   <translation>Choisissez un dossier où vous avez le droit d'écrire.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area_file.py" />
   <source>{path} could not be written.</source>
   <translation>{path} n'a pas pu être écrit.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/area_file.py" />
   <source>{path} could not be written: {error}.</source>
   <translation>{path} n'a pas pu être écrit : {error}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Apart: {list}.</source>
   <translation>Écarts : {list}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Before is the later date: what appeared will be called faded. Swap them.</source>
   <translation>Avant est la date la plus tardive : ce qui est apparu sera dit estompé. Échangez-les.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Both are the same image: choose two different dates.</source>
   <translation>Les deux sont la même image : choisissez deux dates différentes.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Compares badly ({score} of 1): look before you believe.</source>
   <translation>Se comparent mal ({score} sur 1) : regardez avant d'y croire.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Compares fairly ({score} of 1).</source>
   <translation>Se comparent passablement ({score} sur 1).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Compares well ({score} of 1).</source>
   <translation>Se comparent bien ({score} sur 1).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Layer of the project: {source}</source>
   <translation>Couche du projet : {source}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>The seasons lie {angle}° of Ls apart: frost and dust may differ.</source>
   <translation>Les saisons sont à {angle}° de Ls l'une de l'autre : le givre et la poussière peuvent différer.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>The sun shone from {angle}° elsewhere (azimuth): shadows differ.</source>
   <translation>Le soleil éclairait avec {angle}° d'écart (azimut) : les ombres diffèrent.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>The sun stood {angle}° from overhead (incidence).</source>
   <translation>Le soleil était à {angle}° de la verticale (incidence).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>The sun was {angle}° higher in one of them (incidence): shading differs.</source>
   <translation>Le soleil était {angle}° plus haut dans l'une d'elles (incidence) : l'ombrage diffère.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>These are not of one series: After is laid on Before first (registered), and the light is unknown.</source>
   <translation>Elles ne sont pas d'une même série : Après est d'abord posée sur Avant (recalée), et la lumière est inconnue.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>They look from {angle}° different slants (emission): relief shifts.</source>
   <translation>Elles regardent avec {angle}° de différence (émission) : le relief se décale.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>Together they cover at most {share} % of the place.</source>
   <translation>Ensemble elles couvrent au plus {share} % du lieu.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>season {angle}° of Ls</source>
   <translation>saison {angle}° de Ls</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>sun's direction {angle}°</source>
   <translation>direction du soleil {angle}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>sun's height {angle}°</source>
   <translation>hauteur du soleil {angle}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>{date}  ·  MY {year}, Ls {ls}°</source>
   <translation>{date}  ·  MY {year}, Ls {ls}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/choices.py" />
   <source>{days} days between them.</source>
   <translation>{days} jours les séparent.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source> m²</source>
   <translation> m²</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>&amp;After</source>
   <translation>A&amp;près</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>&amp;Before</source>
   <translation>A&amp;vant</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>&amp;Threshold</source>
   <translation>&amp;Seuil</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Alike light makes alike pictures: then what differs is the ground. Ls (solar longitude) is the season, 0 to 360°; incidence is how far the sun stands from overhead; azimuth is where it shines from.</source>
   <translation>Une lumière semblable donne des images semblables : ce qui diffère est alors le sol. Ls (longitude solaire) est la saison, de 0 à 360° ; l'incidence est l'écart du soleil à la verticale ; l'azimut est la direction d'où il éclaire.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>B&amp;link first</source>
   <translation>&amp;Clignoter d'abord</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Best &amp;pair</source>
   <translation>Meilleure pa&amp;ire</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Build one in the step Series, or add two raster layers of the same place to the project.</source>
   <translation>Construisez-en une à l'étape Série, ou ajoutez au projet deux couches raster du même lieu.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Build one in the step Series, or compare two raster layers of the project below.</source>
   <translation>Construisez-en une à l'étape Série, ou comparez ci-dessous deux couches raster du projet.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Changes smaller than this, in square metres, are left out</source>
   <translation>Les changements plus petits, en mètres carrés, sont laissés de côté</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Choose the two dates whose light is most alike</source>
   <translation>Choisir les deux dates dont la lumière se ressemble le plus</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Compare again</source>
   <translation>Comparer à nouveau</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Compare all dates</source>
   <translation>Comparer toutes les dates</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Compare all dates ({count} pairs)</source>
   <translation>Comparer toutes les dates ({count} paires)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Compare just the part of the images that the map window shows: quick to try</source>
   <translation>Ne comparer que la partie des images visible dans la carte : essai rapide</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Compare the two images and map what changed</source>
   <translation>Comparer les deux images et cartographier ce qui a changé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Detect changes</source>
   <translation>Détecter les changements</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Go to &amp;Series</source>
   <translation>Aller à &amp;Série</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>How well the two compare</source>
   <translation>Qualité de la comparaison</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Look at both in turn on the map before anything is computed</source>
   <translation>Regarder les deux tour à tour sur la carte avant tout calcul</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Only what the map shows no&amp;w</source>
   <translation>Seulement ce que &amp;montre la carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Options</source>
   <translation>Options</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Show what was found then; nothing is computed</source>
   <translation>Montrer ce qui avait été trouvé ; rien n'est calculé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Smallest chan&amp;ge</source>
   <translation>Plus petit chan&amp;gement</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>Swap Before and After</source>
   <translation>Échanger Avant et Après</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>The earlier image: what the ground was</source>
   <translation>L'image la plus ancienne : ce qu'était le sol</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>The fewest pairs that compare every date, one after the other</source>
   <translation>Le moins de paires qui comparent chaque date, l'une après l'autre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>The later image: what the ground became</source>
   <translation>L'image la plus récente : ce qu'est devenu le sol</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>The series has one date only, and a comparison needs two.</source>
   <translation>La série n'a qu'une date, et une comparaison en demande deux.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>The step that lays images of several dates on each other</source>
   <translation>L'étape qui pose les images de plusieurs dates l'une sur l'autre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>There is no series of images yet.</source>
   <translation>Il n'y a pas encore de série d'images.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/compare.py" />
   <source>any size</source>
   <translation>toute taille</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/export.py" />
   <source>CSV table (*.csv)</source>
   <translation>Tableau CSV (*.csv)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/export.py" />
   <source>Choose another name.</source>
   <translation>Choisissez un autre nom.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/export.py" />
   <source>Compare the pair again.</source>
   <translation>Comparez la paire à nouveau.</translation>
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
   <translation>GeoJSON ne peut pas dire qu'il se trouve sur Mars : les coordonnées sont des degrés de longitude (est) et de latitude, et d'autres programmes les dessineront sur la Terre. GeoPackage garde Mars.</translation>
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
   <translation>{source} ne s'ouvre pas.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/export.py" />
   <source>{target} is the file itself.</source>
   <translation>{target} est le fichier lui-même.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/exporter.py" />
   <source>Save as</source>
   <translation>Enregistrer sous</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/exporter.py" />
   <source>Save {path}</source>
   <translation>Enregistrer {path}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/exporter.py" />
   <source>Saved {count} changes in {path}.</source>
   <translation>{count} changements enregistrés dans {path}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/exporter.py" />
   <source>Saved {path}.</source>
   <translation>{path} est enregistré.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/exporter.py" />
   <source>{path} is the result itself.</source>
   <translation>{path} est le résultat lui-même.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/exporter.py" />
   <source>{path} is there already.</source>
   <translation>{path} existe déjà.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>Apply the threshold</source>
   <translation>Appliquer le seuil</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>Count probabilities</source>
   <translation>Compter les probabilités</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>Making mask and outlines at {threshold}</source>
   <translation>Masque et contours au seuil {threshold}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>No web browser was found. The report is {path}</source>
   <translation>Aucun navigateur web n'a été trouvé. Le rapport est {path}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>Read the changes</source>
   <translation>Lire les changements</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>Read the images</source>
   <translation>Lire les images</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>Stopped; the former mask and outlines stand.</source>
   <translation>Arrêté ; le masque et les contours précédents restent.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/looking.py" />
   <source>Write the report</source>
   <translation>Écrire le rapport</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/map_layers.py" />
   <source>Changed ground (mask)</source>
   <translation>Sol changé (masque)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/map_layers.py" />
   <source>Changes (outlines)</source>
   <translation>Changements (contours)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/map_layers.py" />
   <source>Changes {before} - {after}</source>
   <translation>Changements {before} - {after}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/map_layers.py" />
   <source>Probability of change</source>
   <translation>Probabilité de changement</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>A pixel of these images is {size} m, which this model never saw: expect misses and false alarms.</source>
   <translation>Un pixel de ces images fait {size} m, ce que ce modèle n'a jamais vu : attendez-vous à des oublis et à de fausses alertes.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>Choose a model file (.onnx) first.</source>
   <translation>Choisissez d'abord un fichier de modèle (.onnx).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>Look at the model</source>
   <translation>Examiner le modèle</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>Looking at the model…</source>
   <translation>Examen du modèle…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>Made for pixels of {trained}.</source>
   <translation>Fait pour des pixels de {trained}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>The neural network that compares the two images</source>
   <translation>Le réseau de neurones qui compare les deux images</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>Trained on simulated change only.</source>
   <translation>Entraîné seulement sur des changements simulés.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>Will run on: {device}.</source>
   <translation>Sera exécuté sur : {device}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>{low} to {high} m</source>
   <translation>{low} à {high} m</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_choice.py" />
   <source>{size} m</source>
   <translation>{size} m</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>Choose the models' zip</source>
   <translation>Choisir le zip des modèles</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>Download them from the plugin's release</source>
   <translation>Les télécharger depuis la version publiée de l'extension</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>Each model is checked against its checksum before it is put in its place</source>
   <translation>Chaque modèle est comparé à sa somme de contrôle avant d'être mis en place</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>From a file (marscd_models-….zip)…</source>
   <translation>Depuis un fichier (marscd_models-….zip)…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>Install models</source>
   <translation>Installer les modèles</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>Install models…</source>
   <translation>Installer les modèles…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>Installing the models…</source>
   <translation>Installation des modèles…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>The plugin came without its models ({names}): install them once.</source>
   <translation>L'extension est venue sans ses modèles ({names}) : installez-les une fois.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/model_install.py" />
   <source>Zip files (*.zip)</source>
   <translation>Fichiers zip (*.zip)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time.py" />
   <source>Changes over all dates</source>
   <translation>Changements sur toutes les dates</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time.py" />
   <source>Comparing all {count} dates</source>
   <translation>Comparaison des {count} dates</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time.py" />
   <source>Look for changes over all dates</source>
   <translation>Chercher les changements sur toutes les dates</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time.py" />
   <source>The dates were not compared.</source>
   <translation>Les dates n'ont pas été comparées.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_layers.py" />
   <source>Changes over time</source>
   <translation>Changements au fil du temps</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_layers.py" />
   <source>Changes over time (outlines)</source>
   <translation>Changements au fil du temps (contours)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_layers.py" />
   <source>First seen</source>
   <translation>Première vue</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_layers.py" />
   <source>Last seen</source>
   <translation>Dernière vue</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_layers.py" />
   <source>Look for changes over all dates again.</source>
   <translation>Cherchez à nouveau les changements sur toutes les dates.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_layers.py" />
   <source>Number of dates</source>
   <translation>Nombre de dates</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>&amp;Look for</source>
   <translation>&amp;Chercher</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>&amp;Report</source>
   <translation>&amp;Rapport</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Any change against the first image</source>
   <translation>Tout changement par rapport à la première image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Build a series of four or more dates in the step Series first.</source>
   <translation>Construisez d'abord à l'étape Série une série de quatre dates ou plus.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Changes by class</source>
   <translation>Changements par classe</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Compare the dates with one another, and tell what came and stays, what comes again, and what one bad image made up</source>
   <translation>Comparer les dates entre elles, et dire ce qui est venu et reste, ce qui revient, et ce qu'une seule mauvaise image a inventé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Compares all {count} dates of the series with one another: when did each place change, does it stay, does it come again each Mars Year?</source>
   <translation>Compare entre elles les {count} dates de la série : quand chaque lieu a-t-il changé, cela reste-t-il, cela revient-il chaque année martienne ?</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Detect over all &amp;dates</source>
   <translation>Détecter sur toutes les &amp;dates</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Frost, ice, bright deposits</source>
   <translation>Givre, glace, dépôts clairs</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Model {model}, changes from {area} m² on: as chosen under Compare.</source>
   <translation>Modèle {model}, changements à partir de {area} m² : selon le choix sous Comparer.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Model {model}, changes of any size: as chosen under Compare.</source>
   <translation>Modèle {model}, changements de toute taille : selon le choix sous Comparer.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>No change was found.</source>
   <translation>Aucun changement n'a été trouvé.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Open the report in the web browser</source>
   <translation>Ouvrir le rapport dans le navigateur web</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Put first seen, last seen and the outlines on the map again</source>
   <translation>Remettre sur la carte la première vue, la dernière vue et les contours</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>S&amp;how on map</source>
   <translation>&amp;Afficher sur la carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Settings</source>
   <translation>Paramètres</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Slope lineae, fresh streaks, most new impacts</source>
   <translation>Coulées de pente, traînées fraîches, la plupart des nouveaux impacts</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>The series has {count} dates. With fewer than four, one bad image can look like a change: nothing will be called certain.</source>
   <translation>La série a {count} dates. Avec moins de quatre, une seule mauvaise image peut ressembler à un changement : rien ne sera dit certain.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Unconfirmed: only the first or the last image shows it, the next one will tell. Single: one image alone shows it, with others before and after: most likely the image.</source>
   <translation>Non confirmé : seule la première ou la dernière image le montre, la prochaine le dira. Isolé : une seule image le montre, avec d'autres avant et après : c'est très probablement l'image.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>What will be compared</source>
   <translation>Ce qui sera comparé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>Which look of a place counts as the change being there</source>
   <translation>Quel aspect d'un lieu compte comme présence du changement</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>brighter ground</source>
   <translation>sol plus clair</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>darker ground</source>
   <translation>sol plus sombre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>whatever the first date was not</source>
   <translation>tout ce que la première date n'était pas</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>{count} came and stay</source>
   <translation>{count} venus et restés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>{count} came, stay and grow</source>
   <translation>{count} venus, restés et grandissants</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>{count} come again in another Mars Year</source>
   <translation>{count} reviennent une autre année martienne</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>{count} come and go</source>
   <translation>{count} vont et viennent</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>{count} faded</source>
   <translation>{count} estompés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>{count} single (suspicious)</source>
   <translation>{count} isolés (suspects)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>{count} unconfirmed</source>
   <translation>{count} non confirmés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_panel.py" />
   <source>⚠ {images}: as a whole unlike the other images. What only this shows is not drawn.</source>
   <translation>⚠ {images} : dans l'ensemble différente des autres images. Ce qu'elle seule montre n'est pas dessiné.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>Changed ground (m²)</source>
   <translation>Sol changé (m²)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>MY {year}</source>
   <translation>MY {year}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>Seasonal curve</source>
   <translation>Courbe saisonnière</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>Solar longitude Ls, the season (°)</source>
   <translation>Longitude solaire Ls, la saison (°)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>This date sees only a part of the ground that ever changed.</source>
   <translation>Cette date ne voit qu'une partie du sol qui a changé un jour.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>This image as a whole looks unlike the others: glare, haze, frost or misregistration.</source>
   <translation>Cette image diffère dans l'ensemble des autres : reflet, brume, givre ou mauvais recalage.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>{area} m² changed ground is there</source>
   <translation>{area} m² de sol changé y sont</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>{count} dates; the largest changed area is {area} m².</source>
   <translation>{count} dates ; la plus grande surface changée est de {area} m².</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/over_time_plot.py" />
   <source>{date}, Mars Year {year}, solar longitude {longitude}°</source>
   <translation>{date}, année martienne {year}, longitude solaire {longitude}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>({number} of {count})</source>
   <translation>({number} sur {count})</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>All dates</source>
   <translation>Toutes les dates</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Compare</source>
   <translation>Comparer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Compared before: {count} changes at threshold {threshold}.</source>
   <translation>Déjà comparé : {count} changements au seuil {threshold}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Comparing {pair}</source>
   <translation>Comparaison de {pair}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Look for earlier comparisons</source>
   <translation>Chercher des comparaisons antérieures</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Look through</source>
   <translation>Parcourir</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Plan the pairs</source>
   <translation>Planifier les paires</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Stopped. {count} finished pairs are kept.</source>
   <translation>Arrêté. {count} paires terminées sont gardées.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>Teach</source>
   <translation>Instruire</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>{count} of these pairs were compared before and are kept.</source>
   <translation>{count} de ces paires avaient déjà été comparées et sont gardées.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/page.py" />
   <source>{pair} was not compared.</source>
   <translation>{pair} n'a pas été comparée.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/preview.py" />
   <source>&amp;Apply</source>
   <translation>A&amp;ppliquer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/preview.py" />
   <source>&amp;Back</source>
   <translation>&amp;Revenir</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/preview.py" />
   <source>At {threshold}, {share} % of the ground would be marked.</source>
   <translation>À {threshold}, {share} % du sol serait marqué.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/preview.py" />
   <source>Back to the threshold of the mask and the outlines</source>
   <translation>Revenir au seuil du masque et des contours</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/preview.py" />
   <source>Make mask and outlines at this threshold; the network does not run again</source>
   <translation>Refaire masque et contours à ce seuil ; le réseau n'est pas réexécuté</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/preview.py" />
   <source>The map shows a preview; mask, outlines and list are still those of {threshold}.</source>
   <translation>La carte montre un aperçu ; masque, contours et liste sont encore ceux de {threshold}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/queue.py" />
   <source>Compare {pair}</source>
   <translation>Comparer {pair}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/queue.py" />
   <source>Report of {pair}</source>
   <translation>Rapport de {pair}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/queue.py" />
   <source>Writing the report</source>
   <translation>Écriture du rapport</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>&amp;Export</source>
   <translation>&amp;Exporter</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>&amp;List from</source>
   <translation>&amp;Lister dès</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>({count} hidden)</source>
   <translation>({count} masqués)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Be&amp;fore</source>
   <translation>A&amp;vant</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Changes as FlatGeobuf…</source>
   <translation>Changements en FlatGeobuf…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Changes as GeoJSON…</source>
   <translation>Changements en GeoJSON…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Changes as GeoPackage…</source>
   <translation>Changements en GeoPackage…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Least area</source>
   <translation>Surface minimale</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Least probability</source>
   <translation>Probabilité minimale</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>List only changes of at least this area, in square metres</source>
   <translation>Ne lister que les changements d'au moins cette surface, en mètres carrés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>List only changes of at least this mean probability</source>
   <translation>Ne lister que les changements d'au moins cette probabilité moyenne</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Mask as GeoTIFF…</source>
   <translation>Masque en GeoTIFF…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Next change</source>
   <translation>Changement suivant</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Next change (N, or Alt+Down)</source>
   <translation>Changement suivant (N, ou Alt+Bas)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Nothing was compared in this folder yet. Choose two dates in the tab Compare.</source>
   <translation>Rien n'a encore été comparé dans ce dossier. Choisissez deux dates dans l'onglet Comparer.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Open the report of this pair in the web browser</source>
   <translation>Ouvrir le rapport de cette paire dans le navigateur web</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Pa&amp;ir</source>
   <translation>Pa&amp;ire</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Pressed: the earlier image lies under the outlines; else the later one. The key B goes to and fro.</source>
   <translation>Enfoncé : l'image ancienne est sous les contours ; sinon la récente. La touche B va de l'une à l'autre.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Previous change</source>
   <translation>Changement précédent</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Previous change (P, or Alt+Up)</source>
   <translation>Changement précédent (P, ou Alt+Haut)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Save the listed changes, the table or the mask for other programs</source>
   <translation>Enregistrer les changements listés, le tableau ou le masque pour d'autres programmes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Table as CSV…</source>
   <translation>Tableau en CSV…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>Which two dates; all that were compared in this folder</source>
   <translation>Quelles deux dates ; toutes celles comparées dans ce dossier</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>pr&amp;obability</source>
   <translation>pr&amp;obabilité</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>{before} with {after}; threshold {threshold}, computed on {device}.</source>
   <translation>{before} avec {after} ; seuil {threshold}, calculé sur {device}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>{now} of {shown}</source>
   <translation>{now} sur {shown}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/results.py" />
   <source>{shown} listed</source>
   <translation>{shown} listés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>&amp;Missed</source>
   <translation>&amp;Manqué</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>&amp;Undo</source>
   <translation>Ann&amp;uler</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>; {count} drawn as missed</source>
   <translation> ; {count} tracés comme manqués</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>Accept it with an outline that you draw on the map (D); Esc leaves</source>
   <translation>L'accepter avec un contour que vous tracez sur la carte (D) ; Échap quitte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>Draw a change that was not found (M); Esc leaves</source>
   <translation>Tracer un changement qui n'a pas été trouvé (M) ; Échap quitte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>Judge changes to keep what is right, and to teach the model.</source>
   <translation>Jugez les changements pour garder ce qui est juste et instruire le modèle.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>Re&amp;draw</source>
   <translation>Re&amp;tracer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>Remove the last change drawn</source>
   <translation>Retirer le dernier changement tracé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>Remove the last change that you drew as missed</source>
   <translation>Retirer le dernier changement tracé comme manqué</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>Take the verdict on this change back (U)</source>
   <translation>Retirer le verdict sur ce changement (U)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>This is a change (A); then the next one</source>
   <translation>C'est un changement (A) ; puis le suivant</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>This is no change (R); then the next one</source>
   <translation>Ce n'est pas un changement (R) ; puis le suivant</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>{judged} of {count} judged: {accepted} accepted, {rejected} rejected</source>
   <translation>{judged} sur {count} jugés : {accepted} acceptés, {rejected} rejetés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>✓ &amp;Accept</source>
   <translation>✓ &amp;Juste</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_bar.py" />
   <source>✗ &amp;Reject</source>
   <translation>✗ &amp;Faux</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_layer.py" />
   <source>Judged changes</source>
   <translation>Changements jugés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_layer.py" />
   <source>accepted</source>
   <translation>accepté</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/review_layer.py" />
   <source>rejected</source>
   <translation>rejeté</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>An outline needs at least three corners; this has {count}.</source>
   <translation>Un contour demande au moins trois sommets ; celui-ci en a {count}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>Choose the pair again.</source>
   <translation>Choisissez à nouveau la paire.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>Click at three places or more, then finish with a right click or Enter.</source>
   <translation>Cliquez en trois endroits ou plus, puis terminez par un clic droit ou Entrée.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>Draw it on the image.</source>
   <translation>Tracez-le sur l'image.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>Keep the review</source>
   <translation>Garder la revue</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>Read the review</source>
   <translation>Lire la revue</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>Take corners back with Backspace.</source>
   <translation>Retirez des sommets avec Retour arrière.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>The outline crosses itself, or nothing is inside.</source>
   <translation>Le contour se croise, ou n'entoure rien.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>The outline lies where the image has no place.</source>
   <translation>Le contour se trouve là où l'image n'a pas de lieu.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>The pair's outlines are not on the map.</source>
   <translation>Les contours de la paire ne sont pas sur la carte.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/reviewing.py" />
   <source>This change's outline is not on the map; choose the pair again.</source>
   <translation>Le contour de ce changement n'est pas sur la carte ; choisissez à nouveau la paire.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>1 change</source>
   <translation>1 changement</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>; {share} % of the compared ground</source>
   <translation> ; {share} % du sol comparé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>No change was found at threshold {threshold}.</source>
   <translation>Aucun changement n'a été trouvé au seuil {threshold}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>Raise the threshold.</source>
   <translation>Relevez le seuil.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>size unknown (the images have no place on Mars)</source>
   <translation>taille inconnue (les images n'ont pas de place sur Mars)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>{area} m²</source>
   <translation>{area} m²</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>{count} changes</source>
   <translation>{count} changements</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>{count}, {size}, {appeared} appeared and {faded} faded</source>
   <translation>{count}, {size}, {appeared} apparus et {faded} estompés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>{polygons} cannot be opened.</source>
   <translation>{polygons} ne s'ouvre pas.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>{polygons} holds more than {most:,} changes.</source>
   <translation>{polygons} contient plus de {most:,} changements.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/rows.py" />
   <source>{polygons} lacks {columns}.</source>
   <translation>Il manque {columns} à {polygons}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>After</source>
   <translation>Après</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Area on Mars's sphere, in square metres</source>
   <translation>Surface sur la sphère de Mars, en mètres carrés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Area, m²</source>
   <translation>Surface, m²</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Azimuth, °</source>
   <translation>Azimut, °</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Before</source>
   <translation>Avant</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Changes</source>
   <translation>Changements</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Click a change to go there; click a heading to sort; N and P: next and previous; B: Before</source>
   <translation>Cliquez un changement pour y aller ; un en-tête pour trier ; N et P : suivant et précédent ; B : Avant</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Date of the earlier image (UTC)</source>
   <translation>Date de l'image ancienne (UTC)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Date of the later image (UTC)</source>
   <translation>Date de l'image récente (UTC)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Direction</source>
   <translation>Sens</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Highest</source>
   <translation>Maximum</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Highest probability in the change, 0 to 1</source>
   <translation>Probabilité maximale dans le changement, de 0 à 1</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Length along the change, in metres</source>
   <translation>Longueur le long du changement, en mètres</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Length, m</source>
   <translation>Longueur, m</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Mean probability over the change, 0 to 1</source>
   <translation>Probabilité moyenne sur le changement, de 0 à 1</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Mean width: area divided by length, in metres</source>
   <translation>Largeur moyenne : surface divisée par la longueur, en mètres</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>No.</source>
   <translation>N°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Number of the change; 1 is the largest</source>
   <translation>Numéro du changement ; 1 est le plus grand</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Probability</source>
   <translation>Probabilité</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Which way it runs: degrees clockwise from north, 0 to 180; empty where it is round</source>
   <translation>Son orientation : degrés depuis le nord dans le sens horaire, 0 à 180 ; vide s'il est rond</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>Width, m</source>
   <translation>Largeur, m</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>appeared</source>
   <translation>apparu</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>appeared: darker in After than in Before, against the ground around; faded: brighter</source>
   <translation>apparu : plus sombre dans Après que dans Avant, par rapport au sol autour ; estompé : plus clair</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/table.py" />
   <source>faded</source>
   <translation>estompé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source> min</source>
   <translation> min</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>&amp;Start from</source>
   <translation>Partir &amp;de</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>&amp;Train</source>
   <translation>&amp;Entraîner</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>&amp;Use this model</source>
   <translation>&amp;Utiliser ce modèle</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Accepted</source>
   <translation>Acceptés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>At least {least} of each are needed, on ground apart.</source>
   <translation>Il en faut au moins {least} de chaque, sur des sols séparés.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Before and after</source>
   <translation>Avant et après</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Before and after, in full, in the browser</source>
   <translation>Avant et après, en entier, dans le navigateur</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Choose it in the tab Compare</source>
   <translation>Le choisir sous l'onglet Comparer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>F1 {before} → {after}.</source>
   <translation>F1 {before} → {after}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>How long to learn at most; few verdicts need less, and it stops by itself</source>
   <translation>Durée maximale de l'apprentissage ; peu de verdicts en demandent moins, et il s'arrête de lui-même</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>I looked through these pairs &amp;wholly</source>
   <translation>&amp;J'ai parcouru ces paires en entier</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>It does worse than the model it was taught from: keep that one.</source>
   <translation>Il fait moins bien que le modèle dont il est parti : gardez ce dernier.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>It finds less of other (simulated) change than before; see the report.</source>
   <translation>Il trouve moins d'autres changements (simulés) qu'avant ; voyez le rapport.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Judged pair</source>
   <translation>Paire jugée</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Judged pairs</source>
   <translation>Paires jugées</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Learn f&amp;or</source>
   <translation>A&amp;pprendre pendant</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Learn in a process of its own; QGIS stays free. Started again after a stop, it goes on where it was</source>
   <translation>Apprendre dans un processus à part ; QGIS reste libre. Relancé après un arrêt, il reprend où il en était</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>New &amp;name</source>
   <translation>N&amp;ouveau nom</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Nothing was judged in this folder yet. Compare two dates, then press A or R in Look through.</source>
   <translation>Rien n'a encore été jugé dans ce dossier. Comparez deux dates, puis appuyez sur A ou R sous Parcourir.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Number of verdicts</source>
   <translation>Nombre de verdicts</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>On ground that was kept out of the learning:</source>
   <translation>Sur un sol tenu hors de l'apprentissage :</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Rejected</source>
   <translation>Rejetés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Stop within a few seconds; train again with the same settings to go on</source>
   <translation>Arrêter en quelques secondes ; entraînez à nouveau avec les mêmes réglages pour continuer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Teach a model from what you accepted and rejected in the tab Look through.</source>
   <translation>Instruire un modèle avec ce que vous avez accepté et rejeté sous l'onglet Parcourir.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>The model that is taught further; it stays as it is</source>
   <translation>Le modèle dont on poursuit l'apprentissage ; lui-même reste tel quel</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>The new model's name in the list of models: letters, digits, dots and dashes</source>
   <translation>Le nom du nouveau modèle dans la liste : lettres, chiffres, points et tirets</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>The pairs of this folder in which changes were judged</source>
   <translation>Les paires de ce dossier où des changements ont été jugés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>Then whatever has no outline counts as no change. Leave it off where only some changes were judged</source>
   <translation>Tout ce qui n'a pas de contour compte alors comme inchangé. Ne cochez pas si seuls certains changements ont été jugés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>These are few: judge more to be sure.</source>
   <translation>C'est peu : jugez-en plus pour être sûr.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>With fewer than {fair} of each, expect little, and trust the figures little.</source>
   <translation>Avec moins de {fair} de chaque, attendez peu, et fiez-vous peu aux chiffres.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>found {after} of {count} accepted changes (before: {before});</source>
   <translation>{after} des {count} changements acceptés sont trouvés (avant : {before}) ;</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>still flags {after} of {count} rejected ones (before: {before}).</source>
   <translation>{after} des {count} rejetés sont encore signalés (avant : {before}).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teach.py" />
   <source>{accepted} accepted and {rejected} rejected changes.</source>
   <translation>{accepted} changements acceptés et {rejected} rejetés.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>Count the verdicts</source>
   <translation>Compter les verdicts</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>Give the new one another name.</source>
   <translation>Donnez un autre nom au nouveau.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>Stopped. Train again with the same settings to go on.</source>
   <translation>Arrêté. Entraînez à nouveau avec les mêmes réglages pour continuer.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>Teach a change model</source>
   <translation>Instruire un modèle de changement</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>Teaching {name}</source>
   <translation>Apprentissage de {name}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>The model was not taught.</source>
   <translation>Le modèle n'a pas été instruit.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>The model {name} is among the models now.</source>
   <translation>Le modèle {name} est maintenant parmi les modèles.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>There is a model {name} already.</source>
   <translation>Il y a déjà un modèle {name}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>Use letters, digits, dots and dashes, beginning with a letter or digit.</source>
   <translation>Utilisez lettres, chiffres, points et tirets, en commençant par une lettre ou un chiffre.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/teaching.py" />
   <source>{name} is no name for a model.</source>
   <translation>{name} n'est pas un nom de modèle.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/threshold.py" />
   <source>Back to the threshold that the model was tuned at</source>
   <translation>Revenir au seuil pour lequel le modèle a été réglé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/threshold.py" />
   <source>Model's</source>
   <translation>Du modèle</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/threshold.py" />
   <source>The probability from which ground counts as changed. Lower finds more, and more that is no change; higher finds less.</source>
   <translation>La probabilité à partir de laquelle le sol compte comme changé. Plus bas trouve plus, dont plus de faux ; plus haut trouve moins.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/threshold.py" />
   <source>Threshold</source>
   <translation>Seuil</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/changes/threshold.py" />
   <source>Threshold as a number</source>
   <translation>Seuil en nombre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/child.py" />
   <source>QGIS's own Python was not found.</source>
   <translation>Le Python de QGIS n'a pas été trouvé.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/child.py" />
   <source>The step's process ended unexpectedly (code {code}). Run it again; QGIS's log has its last words.</source>
   <translation>Le processus de l'étape s'est terminé de façon imprévue (code {code}). Relancez-la ; le journal de QGIS garde ses derniers mots.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/axes.py" />
   <source>N autumn</source>
   <translation>Automne N</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/axes.py" />
   <source>N spring</source>
   <translation>Print. N</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/axes.py" />
   <source>N summer</source>
   <translation>Été N</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/axes.py" />
   <source>N winter</source>
   <translation>Hiver N</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>A above and B below the line, instead of left and right of it</source>
   <translation>A au-dessus et B au-dessous de la ligne, au lieu de gauche et droite</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>A on one side of a line on the map, B on the other; drag the line. Esc ends it.</source>
   <translation>A d'un côté d'une ligne sur la carte, B de l'autre ; faites glisser la ligne. Échap termine.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Any raster layer of the project: an image of the series, or another one</source>
   <translation>Toute couche raster du projet : une image de la série, ou une autre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Blin&amp;k</source>
   <translation>&amp;Clignoter</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Choose two different images as A and B first.</source>
   <translation>Choisissez d'abord deux images différentes pour A et B.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Drag the line on the map, or move it with the arrow keys. Esc ends.</source>
   <translation>Faites glisser la ligne sur la carte, ou déplacez-la avec les flèches. Échap termine.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Exchange A and B</source>
   <translation>Échanger A et B</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Go on</source>
   <translation>Continuer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Hold the picture that is shown (Space on the map; then ← shows A, → shows B)</source>
   <translation>Figer l'image montrée (Espace sur la carte ; puis ← montre A, → montre B)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>How many pictures a second</source>
   <translation>Nombre d'images par seconde</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Image {letter}</source>
   <translation>Image {letter}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Line from left to rig&amp;ht</source>
   <translation>Li&amp;gne de gauche à droite</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>On the map: Space holds, ← and → choose, Esc ends.</source>
   <translation>Sur la carte : Espace fige, ← et → choisissent, Échap termine.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Pa&amp;use</source>
   <translation>Pa&amp;use</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>S&amp;wipe</source>
   <translation>R&amp;ideau</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Show A and B in turn on the map: what changed seems to move. Esc ends it.</source>
   <translation>Montrer A et B tour à tour sur la carte : ce qui a changé semble bouger. Échap termine.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>Sp&amp;eed</source>
   <translation>&amp;Vitesse</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/panel.py" />
   <source>{rate} a second</source>
   <translation>{rate} par seconde</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>Brightness (I/F)</source>
   <translation>Luminosité (I/F)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>Ls {longitude}°</source>
   <translation>Ls {longitude}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>Mars Year {year}, solar longitude {longitude}°</source>
   <translation>Année martienne {year}, longitude solaire {longitude}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>No data here</source>
   <translation>Pas de données ici</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>No point was chosen yet.</source>
   <translation>Aucun point n'a encore été choisi.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>No point yet: press “Click a point”, then click on the images.</source>
   <translation>Pas encore de point : appuyez sur « Cliquer un point », puis cliquez sur les images.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>Profile of the point</source>
   <translation>Profil du point</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>Value {value}</source>
   <translation>Valeur {value}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>unknown (no data)</source>
   <translation>inconnue (pas de données)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>{before} to {after}: probability of change {value}</source>
   <translation>{before} à {after} : probabilité de changement {value}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/plot.py" />
   <source>{count} of {all} images have a value at {place}, from {low} to {high}.</source>
   <translation>{count} images sur {all} ont une valeur en {place}, de {low} à {high}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile.py" />
   <source>Choose one on its images.</source>
   <translation>Choisissez-en un sur ses images.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile.py" />
   <source>The point lies outside the series.</source>
   <translation>Le point est hors de la série.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>&amp;Copy</source>
   <translation>Co&amp;pier</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>&amp;Middle of the map</source>
   <translation>&amp;Milieu de la carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Along the season</source>
   <translation>Au fil de la saison</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Along the season, the Mars Years lie over each other: what comes back each year is told from what happened once. The season is the solar longitude Ls: 0° is the start of northern spring.</source>
   <translation>Au fil de la saison, les années martiennes se superposent : ce qui revient chaque année se distingue de ce qui n'arriva qu'une fois. La saison est la longitude solaire Ls : 0° est le début du printemps boréal.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Along time</source>
   <translation>Au fil du temps</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Build or open a series first: a profile is read from its images.</source>
   <translation>Construisez ou ouvrez d'abord une série : un profil se lit dans ses images.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Click a &amp;point</source>
   <translation>Cli&amp;quer un point</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Copy the numbers as text (CSV)</source>
   <translation>Copier les nombres comme texte (CSV)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Horizontal axis</source>
   <translation>Axe horizontal</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>L&amp;on, lat</source>
   <translation>Lon, &amp;lat</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Lar&amp;ger</source>
   <translation>Plus gran&amp;d</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Longitude (degrees east) and latitude (degrees north) of a point; Enter reads it</source>
   <translation>Longitude (degrés est) et latitude (degrés nord) d'un point ; Entrée le lit</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Profile of a point</source>
   <translation>Profil d'un point</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Show the plot in a window of its own</source>
   <translation>Montrer le graphique dans sa propre fenêtre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>The point in the middle of the map: needs no mouse</source>
   <translation>Le point au milieu de la carte : sans souris</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>The profile was copied: paste it into a spreadsheet or a text file.</source>
   <translation>Le profil est copié : collez-le dans un tableur ou un fichier texte.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Then click on the map: the brightness there, in every image, is drawn below. Esc ends it.</source>
   <translation>Cliquez ensuite sur la carte : la luminosité à cet endroit, dans chaque image, est tracée ci-dessous. Échap termine.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>This series has no coordinates: click the point on the map instead.</source>
   <translation>Cette série n'a pas de coordonnées : cliquez plutôt le point sur la carte.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>Write degrees east and north with a comma between, such as 202.30, -41.60.</source>
   <translation>Écrivez les degrés est et nord séparés par une virgule, comme 202.30, -41.60.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/compare/profile_panel.py" />
   <source>“{text}” is not a longitude and a latitude.</source>
   <translation>« {text} » n'est pas une longitude et une latitude.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Bring the chosen images to this computer</source>
   <translation>Apporter les images choisies sur cet ordinateur</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Compare two dates and look through what changed</source>
   <translation>Comparer deux dates et parcourir ce qui a changé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Fetch</source>
   <translation>Télécharger</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Find</source>
   <translation>Chercher</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Lay the images on each other; blink, swipe, follow a point through time</source>
   <translation>Poser les images l'une sur l'autre ; clignoter, rideau, suivre un point dans le temps</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>MarsCD</source>
   <translation>MarsCD</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Series</source>
   <translation>Série</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Steps</source>
   <translation>Étapes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>What was seen there, and when: seasons, search, footprints</source>
   <translation>Ce qui y fut observé, et quand : saisons, recherche, empreintes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Where else, on Mars or on Earth, does the ground look like this?</source>
   <translation>Où d'autre, sur Mars ou sur Terre, le sol ressemble-t-il à ceci ?</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Where on Mars: start a Mars project, find a place, draw an area</source>
   <translation>Où sur Mars : démarrer un projet Mars, trouver un lieu, dessiner une zone</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/draw/drawing.py" />
   <source>Click corner after corner on the map. Esc: leave.</source>
   <translation>Cliquez les sommets l'un après l'autre sur la carte. Échap : quitter.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/draw/drawing.py" />
   <source>Drag over the map, or click two opposite corners. Esc: leave.</source>
   <translation>Faites glisser sur la carte, ou cliquez deux coins opposés. Échap : quitter.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/draw/drawing.py" />
   <source>{count} corners. Right click or Enter: done. Backspace: one back. Esc: leave.</source>
   <translation>{count} sommets. Clic droit ou Entrée : terminer. Retour arrière : un de moins. Échap : quitter.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/draw/drawing.py" />
   <source>{count} of at least 3 corners. Backspace: one back. Esc: leave.</source>
   <translation>{count} sommets, il en faut au moins 3. Retour arrière : un de moins. Échap : quitter.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/controller.py" />
   <source>Another fetch is running. Wait until it has ended, then resume this one.</source>
   <translation>Un autre téléchargement est en cours. Attendez sa fin, puis reprenez celui-ci.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/controller.py" />
   <source>End a fetch</source>
   <translation>Mettre fin à un téléchargement</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/controller.py" />
   <source>Look for interrupted fetches</source>
   <translation>Chercher les téléchargements interrompus</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/controller.py" />
   <source>There is nothing left to resume in {folder}.</source>
   <translation>Il n'y a plus rien à reprendre dans {folder}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/controller.py" />
   <source>{text} The page Fetch says why.</source>
   <translation>{text} La page Télécharger dit pourquoi.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>&amp;Build series</source>
   <translation>Construire la &amp;série</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>&amp;Cancel</source>
   <translation>A&amp;nnuler</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>&amp;Pause</source>
   <translation>&amp;Pause</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>&amp;Resume</source>
   <translation>&amp;Reprendre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>&amp;Try this file again</source>
   <translation>R&amp;éessayer ce fichier</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>&amp;Try {count} failed again</source>
   <translation>Réessayer les {count} é&amp;checs</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>About the file</source>
   <translation>À propos du fichier</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Ask the archive once more for all files that failed</source>
   <translation>Redemander à l'archive tous les fichiers en échec</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Ask the archive once more for this file</source>
   <translation>Redemander ce fichier à l'archive</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Copy its &amp;address</source>
   <translation>Copier l'&amp;adresse</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Copy the address</source>
   <translation>Copier l'adresse</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Copy the file's address, to open it in a browser</source>
   <translation>Copier l'adresse du fichier, pour l'ouvrir dans un navigateur</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Double click on a file that failed to read why, and what to do</source>
   <translation>Double-cliquez un fichier en échec pour lire pourquoi, et que faire</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>End this fetch. What has come stays on the disk, and Start goes on from there.</source>
   <translation>Mettre fin à ce téléchargement. Ce qui est arrivé reste sur le disque, et Démarrer continue de là.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Files</source>
   <translation>Fichiers</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Go on where it was paused</source>
   <translation>Continuer là où il fut mis en pause</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Go on: lay the images on each other</source>
   <translation>Continuer : poser les images l'une sur l'autre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>How much of all has come</source>
   <translation>Part du tout déjà arrivée</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>State of the fetch</source>
   <translation>État du téléchargement</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Stop for now; what has come is kept, also when QGIS is closed</source>
   <translation>Arrêter pour l'instant ; ce qui est arrivé est gardé, même si QGIS est fermé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>This fetch belongs to another job, {folder}. Another can start when it has ended.</source>
   <translation>Ce téléchargement appartient à un autre travail, {folder}. Un autre peut démarrer quand il est terminé.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>Try again</source>
   <translation>Réessayer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/job_box.py" />
   <source>{name}: {words}</source>
   <translation>{name} : {words}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/model.py" />
   <source>File</source>
   <translation>Fichier</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/model.py" />
   <source>Progress</source>
   <translation>Avancement</translation>
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
   <translation>{name} : {state}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/page.py" />
   <source>Find the part of each image that is needed</source>
   <translation>Trouver la partie utile de chaque image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/page.py" />
   <source>Finding out which part of each image your area needs…</source>
   <translation>Recherche de la partie de chaque image utile à votre zone…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/page.py" />
   <source>Stopped; nothing is being fetched.</source>
   <translation>Arrêté ; rien n'est téléchargé.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/page.py" />
   <source>{count} images are left out. {product}: {why}.</source>
   <translation>{count} images sont écartées. {product} : {why}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>1 series</source>
   <translation>1 série</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>All pairs as a layer: the ground that both images show, with scores and reasons</source>
   <translation>Toutes les paires en une couche : le sol que montrent les deux images, avec notes et raisons</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>How well they compare, 0 to 1: light, view, season, pixel size and ground in common</source>
   <translation>Qualité de la comparaison, de 0 à 1 : lumière, vue, saison, taille de pixel et sol commun</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>No two of these images show the same ground at different times. Tick more, or others.</source>
   <translation>Aucune paire de ces images ne montre le même sol à des moments différents. Cochez-en plus, ou d'autres.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Pairs</source>
   <translation>Paires</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Pairs that compare best</source>
   <translation>Paires qui se comparent le mieux</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Pairs: none</source>
   <translation>Paires : aucune</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Pairs: {good} of {count} compare well</source>
   <translation>Paires : {good} sur {count} se comparent bien</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Plan pairs</source>
   <translation>Planifier les paires</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Score</source>
   <translation>Note</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Show on the &amp;map</source>
   <translation>Afficher sur la car&amp;te</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>The chosen images make {series}.</source>
   <translation>Les images choisies font {series}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>The dates of the two images</source>
   <translation>Les dates des deux images</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>The footprints are not in the job's folder; search again.</source>
   <translation>Les empreintes ne sont pas dans le dossier du travail ; relancez la recherche.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Untick images that share no ground, or no time apart, with any other chosen one</source>
   <translation>Décocher les images qui n'ont, avec aucune autre choisie, ni sol commun ni écart de temps</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Untick the &amp;unpaired</source>
   <translation>Décocher les &amp;isolées</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Weakest</source>
   <translation>Point faible</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>What spoils the pair most</source>
   <translation>Ce qui nuit le plus à la paire</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>What the planner says</source>
   <translation>Ce que dit le planificateur</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>Without a partner to compare with: {count}.</source>
   <translation>Sans partenaire de comparaison : {count}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>another season</source>
   <translation>autre saison</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>hardly any time between</source>
   <translation>presque pas de temps entre elles</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>little ground in common</source>
   <translation>peu de sol en commun</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>other pixel size</source>
   <translation>autre taille de pixel</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>seen from elsewhere</source>
   <translation>vue prise d'ailleurs</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>sun from elsewhere</source>
   <translation>soleil venu d'ailleurs</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>sun higher or lower</source>
   <translation>soleil plus ou moins haut</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/pairs_box.py" />
   <source>{count} series</source>
   <translation>{count} séries</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>1 file</source>
   <translation>1 fichier</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>1 image</source>
   <translation>1 image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>All bytes are here; they are being checked before the file is put in its place.</source>
   <translation>Tous les octets sont là ; ils sont vérifiés avant que le fichier soit mis à sa place.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>All files are here.</source>
   <translation>Tous les fichiers sont là.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>All {count} files are here ({size}).</source>
   <translation>Les {count} fichiers sont tous là ({size}).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Another fetch on this computer is bringing this file; its copy is taken when it is whole.</source>
   <translation>Un autre téléchargement de cet ordinateur apporte ce fichier ; sa copie est prise dès qu'il est entier.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Cancelled. {count} of {total} files are here; Start goes on from there.</source>
   <translation>Annulé. {count} fichiers sur {total} sont là ; Démarrer continue de là.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Copied from another job on this computer ({size}): it was not fetched again.</source>
   <translation>Copié d'un autre travail de cet ordinateur ({size}) : il n'a pas été téléchargé à nouveau.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Fetched, checked and in its place ({size}).</source>
   <translation>Téléchargé, vérifié et à sa place ({size}).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Getting ready…</source>
   <translation>Préparation…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>It failed without saying why; see QGIS's log.</source>
   <translation>Échec sans raison indiquée ; voir le journal de QGIS.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>No file could be fetched.</source>
   <translation>Aucun fichier n'a pu être téléchargé.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Paused. What has come is kept.</source>
   <translation>En pause. Ce qui est arrivé est gardé.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Paused: {amount} are here and are kept.</source>
   <translation>En pause : {amount} sont là et sont gardés.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Stopped. What has come is kept.</source>
   <translation>Arrêté. Ce qui est arrivé est gardé.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Stopping…</source>
   <translation>Arrêt…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>The archive does not answer as it should. It is given a rest and then asked again.</source>
   <translation>L'archive ne répond pas comme il faut. On la laisse se reposer, puis on redemande.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>The archive failed again and again, so all its files wait a while; other archives go on.</source>
   <translation>L'archive a échoué encore et encore : tous ses fichiers attendent un moment ; les autres archives continuent.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>The archive is busy; it is asked again in {count} s.</source>
   <translation>L'archive est occupée ; nouvel essai dans {count} s.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Waiting for the archive to answer…</source>
   <translation>Attente de la réponse de l'archive…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Waits for its turn: only a few files are fetched at a time, so that the archive is not overrun.</source>
   <translation>Attend son tour : seuls quelques fichiers sont téléchargés à la fois, pour ne pas submerger l'archive.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>Was here already, whole and unchanged ({size}): it was not fetched again.</source>
   <translation>Était déjà là, entier et inchangé ({size}) : il n'a pas été téléchargé à nouveau.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>a few seconds left</source>
   <translation>encore quelques secondes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>about a minute left</source>
   <translation>encore une minute environ</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>about an hour left</source>
   <translation>encore une heure environ</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>about {count} hours left</source>
   <translation>encore {count} heures environ</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>about {count} minutes left</source>
   <translation>encore {count} minutes environ</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>about {count} seconds left</source>
   <translation>encore {count} secondes environ</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>already here, {size}</source>
   <translation>déjà là, {size}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>another fetch brings it</source>
   <translation>un autre téléchargement l'apporte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>archive rests, {count} s</source>
   <translation>l'archive se repose, {count} s</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>asking the archive</source>
   <translation>interroge l'archive</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>checking</source>
   <translation>vérification</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>damaged, set aside</source>
   <translation>endommagé, mis de côté</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>done, {size}</source>
   <translation>terminé, {size}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>failed</source>
   <translation>échec</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>more than a day left</source>
   <translation>encore plus d'un jour</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>next try in {count} s</source>
   <translation>nouvel essai dans {count} s</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>paused</source>
   <translation>en pause</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>paused at {percent} %</source>
   <translation>en pause à {percent} %</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>refused</source>
   <translation>refusé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>waits for its turn</source>
   <translation>attend son tour</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{amount}, {rate}, {count} requests so far.</source>
   <translation>{amount}, {rate}, {count} requêtes jusqu'ici.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{amount}, {rate}: slowed by the limit in MarsCD's settings.</source>
   <translation>{amount}, {rate} : ralenti par la limite des paramètres de MarsCD.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{count} files</source>
   <translation>{count} fichiers</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{count} images</source>
   <translation>{count} images</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{count} of {total} files</source>
   <translation>{count} fichiers sur {total}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{count} of {total} files could not be fetched.</source>
   <translation>{count} fichiers sur {total} n'ont pas pu être téléchargés.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{count} of {total} files failed; the others are here.</source>
   <translation>{count} fichiers sur {total} ont échoué ; les autres sont là.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{files}, {amount}</source>
   <translation>{files}, {amount}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{here} of {total}</source>
   <translation>{here} sur {total}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{number} GB</source>
   <translation>{number} Go</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{number} MB</source>
   <translation>{number} Mo</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{number} kB</source>
   <translation>{number} ko</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{percent} %, {rate}</source>
   <translation>{percent} %, {rate}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{rate}, {left}</source>
   <translation>{rate}, {left}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{size}, full size not known</source>
   <translation>{size}, taille totale inconnue</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{size}/s</source>
   <translation>{size}/s</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/phrases.py" />
   <source>{words}, {count} failed</source>
   <translation>{words}, {count} en échec</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source> MB</source>
   <translation> Mo</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>&amp;RED images only</source>
   <translation>Images &amp;RED seulement</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>&amp;RED images only (colour strips left out: {count})</source>
   <translation>Images &amp;RED seulement (bandes couleur laissées : {count})</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>&amp;Start</source>
   <translation>&amp;Démarrer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>All is here: go on to lay the images on each other</source>
   <translation>Tout est là : continuez en posant les images l'une sur l'autre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>At most &amp;images</source>
   <translation>Au plus d'i&amp;mages</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>At most i&amp;n all</source>
   <translation>Au plus en t&amp;out</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Bring the files; it can be paused at any time and goes on where it was</source>
   <translation>Apporter les fichiers ; peut être mis en pause à tout moment et continue là où il en était</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Choose images on the page &amp;Find</source>
   <translation>Choisir des images à la page C&amp;hercher</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Fetch at most so many images, the earliest first; the others are left out</source>
   <translation>Ne télécharger qu'autant d'images, les plus anciennes d'abord ; les autres sont laissées</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>HiRISE takes a wide black-and-white image (RED) and a narrow colour strip in its middle (COLOR).
Series and comparisons are made of RED images; colour strips are only to look at.</source>
   <translation>HiRISE prend une large image en noir et blanc (RED) et une étroite bande couleur en son milieu (COLOR).
Séries et comparaisons sont faites d'images RED ; les bandes couleur ne servent qu'à regarder.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Images whose size the archive does not say: {count}.</source>
   <translation>Images dont l'archive ne dit pas la taille : {count}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Into a new folder in {folder}</source>
   <translation>Dans un nouveau dossier de {folder}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Into {folder}</source>
   <translation>Dans {folder}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Leave out images that would take the sum of their sizes above this</source>
   <translation>Laisser les images qui porteraient la somme des tailles au-dessus de cette valeur</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Limits</source>
   <translation>Limites</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Look at what is to be fetched</source>
   <translation>Examiner ce qui est à télécharger</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Looking at what is here already…</source>
   <translation>Examen de ce qui est déjà là…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>No image is chosen yet.</source>
   <translation>Aucune image n'est encore choisie.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Of a HiRISE image only the bytes that your area needs are fetched, often a few in a hundred. A wider
area later fetches only what is missing. Otherwise, or where the archive cannot do it, whole images.</source>
   <translation>D'une image HiRISE, seuls les octets utiles à votre zone sont téléchargés, souvent quelques pour cent.
Une zone plus large ne télécharge ensuite que ce qui manque. Sinon, ou si l'archive ne le peut pas,
les images entières.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Only colour strips are chosen, and a series is made of RED images. Tick RED images on Find.</source>
   <translation>Seules des bandes couleur sont choisies, et une série est faite d'images RED. Cochez des images RED à la page Chercher.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Only the &amp;part my area needs</source>
   <translation>Seulement la &amp;partie utile à ma zone</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Search for images of your area and tick those to bring</source>
   <translation>Cherchez des images de votre zone et cochez celles à apporter</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>The disk has too little room: {short} more are needed than are free. Free some space, set a limit, or open a folder on another disk (at the top of the dock).</source>
   <translation>Le disque a trop peu de place : il manque {short} d'espace libre. Libérez de la place, fixez une limite, ou ouvrez un dossier sur un autre disque (en haut du panneau).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>The limits leave nothing to fetch: they leave out {images}.</source>
   <translation>Les limites ne laissent rien à télécharger : elles écartent {images}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>The limits leave out {images}.</source>
   <translation>Les limites écartent {images}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>Warning</source>
   <translation>Avertissement</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>What will be fetched</source>
   <translation>Ce qui sera téléchargé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>no limit</source>
   <translation>sans limite</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>{images} in {files}: all are here already ({size}).</source>
   <translation>{images} en {files} : tout est déjà là ({size}).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>{images} in {files}: {size} if they were fetched whole; only the part your area needs will be.</source>
   <translation>{images} en {files} : {size} pour les images entières ; seule la partie utile à votre zone sera téléchargée.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>{images} in {files}: {size} to bring.</source>
   <translation>{images} en {files} : {size} à apporter.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>{size} are free on the disk.</source>
   <translation>{size} sont libres sur le disque.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/plan_box.py" />
   <source>{size} are here already.</source>
   <translation>{size} sont déjà là.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/record.py" />
   <source>Delete it, and start the fetch again from the page Fetch: files that are here are not fetched twice.</source>
   <translation>Supprimez-le, et relancez le téléchargement depuis la page Télécharger : les fichiers présents ne sont pas repris.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/record.py" />
   <source>a file in it is not described as it should be</source>
   <translation>un fichier n'y est pas décrit comme il devrait</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/record.py" />
   <source>it is too large</source>
   <translation>il est trop grand</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/record.py" />
   <source>its state is unknown</source>
   <translation>son état est inconnu</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/record.py" />
   <source>{path} cannot be read ({error}).</source>
   <translation>{path} ne peut pas être lu ({error}).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/status.py" />
   <source>MarsCD is fetching images. Click to see the files.</source>
   <translation>MarsCD télécharge des images. Cliquez pour voir les fichiers.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/status.py" />
   <source>MarsCD {percent} %: {state}</source>
   <translation>MarsCD {percent} % : {state}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/unfinished.py" />
   <source>&amp;Not now</source>
   <translation>Pas maintena&amp;nt</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/unfinished.py" />
   <source>A fetch of {files} was interrupted ({amount} are here).</source>
   <translation>Un téléchargement de {files} a été interrompu ({amount} sont là).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/unfinished.py" />
   <source>Leave it; it is offered again when QGIS is started the next time</source>
   <translation>Le laisser ; il est reproposé au prochain démarrage de QGIS</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/unfinished.py" />
   <source>Open its folder and fetch what is missing</source>
   <translation>Ouvrir son dossier et télécharger ce qui manque</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/fetch/unfinished.py" />
   <source>{text} More in other folders: {count}.</source>
   <translation>{text} D'autres dans d'autres dossiers : {count}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>Clear the filter, or search first.</source>
   <translation>Effacez le filtre, ou cherchez d'abord.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>None of the listed products can be used for a series.</source>
   <translation>Aucun des produits listés ne convient à une série.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>Nothing is listed to choose from.</source>
   <translation>Rien n'est listé parmi quoi choisir.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>Only {product} can be used: a series needs at least two dates.</source>
   <translation>Seul {product} convient : une série demande au moins deux dates.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>Series are made of RED products that cover the area: clear the filter, or search a longer time.</source>
   <translation>Les séries sont faites de produits RED qui couvrent la zone : effacez le filtre, ou cherchez sur une plus longue période.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>each covers at least {share} % of the area</source>
   <translation>chacune couvre au moins {share} % de la zone</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>each covers the whole area</source>
   <translation>chacune couvre toute la zone</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>season within {angle}° of Ls</source>
   <translation>saison à {angle}° de Ls près</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>sun direction</source>
   <translation>direction du soleil</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>sun height</source>
   <translation>hauteur du soleil</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>viewing angle</source>
   <translation>angle de vue</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>{count} RED images chosen over {years} Mars Years. They compare best with {product}: {reasons}.</source>
   <translation>{count} images RED choisies sur {years} années martiennes. Elles se comparent le mieux à {product} : {reasons}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/best.py" />
   <source>{what} within {angle}°</source>
   <translation>{what} à {angle}° près</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/choosing.py" />
   <source>Choosing the best for a series</source>
   <translation>Choix des meilleures pour une série</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/choosing.py" />
   <source>Coverage of the choice</source>
   <translation>Couverture du choix</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/facts.py" />
   <source>Nothing chosen yet: tick images in the table.</source>
   <translation>Rien n'est encore choisi : cochez des images dans le tableau.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/facts.py" />
   <source>cover {share} % of the area</source>
   <translation>couvrent {share} % de la zone</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/facts.py" />
   <source>size of {count} not known</source>
   <translation>taille de {count} inconnue</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/facts.py" />
   <source>{count} chosen</source>
   <translation>{count} choisies</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/facts.py" />
   <source>{size} here already</source>
   <translation>{size} déjà là</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/facts.py" />
   <source>{size} to fetch</source>
   <translation>{size} à télécharger</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/footprints.py" />
   <source>Chosen</source>
   <translation>Choisies</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/footprints.py" />
   <source>Footprints</source>
   <translation>Empreintes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/footprints.py" />
   <source>Mars Year {year}</source>
   <translation>Année martienne {year}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/footprints.py" />
   <source>Mars Year {year} on</source>
   <translation>Année martienne {year} et suivantes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/loading.py" />
   <source>Reading the footprints was stopped.</source>
   <translation>La lecture des empreintes a été arrêtée.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/loading.py" />
   <source>Search a smaller area or a shorter time.</source>
   <translation>Cherchez une zone plus petite ou une période plus courte.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/loading.py" />
   <source>Search again: it is written anew.</source>
   <translation>Relancez la recherche : il sera réécrit.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/loading.py" />
   <source>{path} cannot be opened as a footprint layer.</source>
   <translation>{path} ne s'ouvre pas comme couche d'empreintes.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/loading.py" />
   <source>{path} holds {count:,} rows.</source>
   <translation>{path} contient {count:,} lignes.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>Choose Mars Years to see the dates.</source>
   <translation>Choisissez des années martiennes pour voir les dates.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>Dates (UTC): {dates}</source>
   <translation>Dates (UTC) : {dates}</translation>
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
   <translation>Aucune date ne convient : les dates UTC sont hors des années martiennes ou de la saison.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>S autumn</source>
   <translation>Automne S</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>S spring</source>
   <translation>Print. S</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>S summer</source>
   <translation>Été S</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>S winter</source>
   <translation>Hiver S</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>and dated {dates}</source>
   <translation>et datées {dates}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>and {count} more, the last {dates}</source>
   <translation>et {count} de plus, la dernière {dates}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>any date</source>
   <translation>toute date</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>any time</source>
   <translation>à tout moment</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>between Ls {start}° and {end}° ({names})</source>
   <translation>entre Ls {start}° et {end}° ({names})</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>from {date}</source>
   <translation>à partir du {date}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>in Mars Years {years}</source>
   <translation>en années martiennes {years}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>in any Mars Year</source>
   <translation>en toute année martienne</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>in any season</source>
   <translation>en toute saison</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>northern autumn</source>
   <translation>automne boréal</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>northern spring</source>
   <translation>printemps boréal</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>northern summer</source>
   <translation>été boréal</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>northern winter</source>
   <translation>hiver boréal</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>parts of all seasons</source>
   <translation>une partie de toutes les saisons</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>southern autumn</source>
   <translation>automne austral</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>southern spring</source>
   <translation>printemps austral</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>southern summer</source>
   <translation>été austral</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>southern winter</source>
   <translation>hiver austral</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>until {date}</source>
   <translation>jusqu'au {date}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>with the sun at most {angle}° from overhead</source>
   <translation>avec le soleil à {angle}° au plus de la verticale</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>{first} to {last}</source>
   <translation>{first} à {last}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>{instruments} images taken {years}</source>
   <translation>Images {instruments} prises {years}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/names.py" />
   <source>{these} and {last}</source>
   <translation>{these} et {last}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/overviews.py" />
   <source>Overview of {product}</source>
   <translation>Vue d'ensemble de {product}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/overviews.py" />
   <source>The overview of {product} is on its way.</source>
   <translation>La vue d'ensemble de {product} est en route.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>&amp;Fetch chosen</source>
   <translation>&amp;Télécharger le choix</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Ask the archives what they hold of your area in that season</source>
   <translation>Demander aux archives ce qu'elles ont de votre zone en cette saison</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Cancel</source>
   <translation>Annuler</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Close programs that use {path}, and search again.</source>
   <translation>Fermez les programmes qui utilisent {path}, et relancez la recherche.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>First choose an area (step Area).</source>
   <translation>Choisissez d'abord une zone (étape Zone).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Go on to bring the ticked images to this computer</source>
   <translation>Continuer en apportant les images cochées sur cet ordinateur</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Progress of the search</source>
   <translation>Avancement de la recherche</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Reading the footprints</source>
   <translation>Lecture des empreintes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Sea&amp;rch</source>
   <translation>C&amp;hercher</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Searching the archives …</source>
   <translation>Recherche dans les archives …</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Show plot and table here again</source>
   <translation>Montrer à nouveau ici le graphique et le tableau</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>State of the search</source>
   <translation>État de la recherche</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Stop the search; what was found before stays</source>
   <translation>Arrêter la recherche ; ce qui avait été trouvé reste</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Stopping …</source>
   <translation>Arrêt …</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>The archives hold nothing that fits. Widen the season or the years, or move the area.</source>
   <translation>Les archives n'ont rien qui convienne. Élargissez la saison ou les années, ou déplacez la zone.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>The area or the season changed since the search: search again to see what fits.</source>
   <translation>La zone ou la saison a changé depuis la recherche : cherchez à nouveau pour voir ce qui convient.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>The footprints could not be kept: {reason}.</source>
   <translation>Les empreintes n'ont pas pu être gardées : {reason}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>The map is not of Mars. Start a Mars project first (step Area).</source>
   <translation>La carte n'est pas celle de Mars. Démarrez d'abord un projet Mars (étape Zone).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>The results are in their own window. Bring them &amp;back</source>
   <translation>Les résultats sont dans leur propre fenêtre. Les &amp;ramener</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>The search was stopped. What was found before is still shown.</source>
   <translation>La recherche a été arrêtée. Ce qui avait été trouvé est encore montré.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>There is no area yet. Draw or choose one in the step Area.</source>
   <translation>Il n'y a pas encore de zone. Dessinez-en ou choisissez-en une à l'étape Zone.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>What the choice covers and weighs</source>
   <translation>Ce que le choix couvre et pèse</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>When</source>
   <translation>Quand</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>When: {season}</source>
   <translation>Quand : {season}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>Which archive answered</source>
   <translation>Quelle archive a répondu</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>{count} images chosen.</source>
   <translation>{count} images choisies.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/page.py" />
   <source>{count} products found.</source>
   <translation>{count} produits trouvés.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/pictures.py" />
   <source>The archive has no picture of it (it answered {status}).</source>
   <translation>L'archive n'en a pas d'image (elle a répondu {status}).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/pictures.py" />
   <source>The picture that the archive sent is damaged or absurdly large.</source>
   <translation>L'image envoyée par l'archive est endommagée ou démesurée.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/pictures.py" />
   <source>The picture that the archive sent is damaged.</source>
   <translation>L'image envoyée par l'archive est endommagée.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/pictures.py" />
   <source>What the archive sent is no JPEG or PNG picture.</source>
   <translation>Ce que l'archive a envoyé n'est ni JPEG ni PNG.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/plot.py" />
   <source>Nothing found yet</source>
   <translation>Rien n'est encore trouvé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/plot.py" />
   <source>Plot of what exists: Mars Years against season</source>
   <translation>Graphique de ce qui existe : années martiennes contre saison</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/plot.py" />
   <source>The table below holds the same products and works by keyboard.</source>
   <translation>Le tableau ci-dessous contient les mêmes produits et s'utilise au clavier.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/plot.py" />
   <source>and {count} more here</source>
   <translation>et {count} de plus ici</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/plot.py" />
   <source>{product}: {date} UTC, MY {year}, Ls {ls}°, {season}</source>
   <translation>{product} : {date} UTC, MY {year}, Ls {ls}°, {season}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>Mars Year {year}, Ls {ls}°, {season}</source>
   <translation>Année martienne {year}, Ls {ls}°, {season}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>The archive's browse image of {product}</source>
   <translation>L'image d'aperçu de {product} dans l'archive</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>The image in hand</source>
   <translation>L'image considérée</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>The picture is on its way.</source>
   <translation>L'image est en route.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>Thumbnail</source>
   <translation>Vignette</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>no picture</source>
   <translation>pas d'image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>seen {angle}° off straight down</source>
   <translation>vue à {angle}° de la verticale</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>sun {angle}° from overhead</source>
   <translation>soleil à {angle}° de la verticale</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/preview.py" />
   <source>taken together with {products}</source>
   <translation>prise en même temps que {products}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>&amp;Copy the product's name</source>
   <translation>&amp;Copier le nom du produit</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>&amp;Copy the products' names</source>
   <translation>&amp;Copier les noms des produits</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>&amp;Tick</source>
   <translation>C&amp;ocher</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>&amp;Untick</source>
   <translation>&amp;Décocher</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>&amp;Zoom to the footprint</source>
   <translation>&amp;Zoomer sur l'empreinte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>About the search</source>
   <translation>À propos de la recherche</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>Col&amp;ours</source>
   <translation>Co&amp;uleurs</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>Colour the footprints on the map</source>
   <translation>Colorer les empreintes sur la carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>Open &amp;wide</source>
   <translation>Ouvrir en gran&amp;d</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>Open the &amp;label in a browser</source>
   <translation>Ouvrir l'é&amp;tiquette dans un navigateur</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>Open the &amp;picture in a browser</source>
   <translation>Ouvrir l'&amp;image dans un navigateur</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>Show an &amp;overview on the map</source>
   <translation>Montrer une &amp;vue d'ensemble sur la carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>Show plot and table in a window of their own</source>
   <translation>Montrer graphique et tableau dans leur propre fenêtre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>What the colours of the footprints on the map mean</source>
   <translation>Signification des couleurs des empreintes sur la carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>by Mars Year</source>
   <translation>par année martienne</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/results.py" />
   <source>by season</source>
   <translation>par saison</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/search.py" />
   <source>Searching the archives</source>
   <translation>Recherche dans les archives</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/search.py" />
   <source>Writing the area</source>
   <translation>Écriture de la zone</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>&amp;Not before</source>
   <translation>Pas ava&amp;nt</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>A date and time in UTC. It narrows the Mars Years and the season further.</source>
   <translation>Une date et une heure en UTC. Elle restreint encore les années martiennes et la saison.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>CRISM: the mineral spectrometer, about 18 m a pixel.</source>
   <translation>CRISM : le spectromètre des minéraux, environ 18 m par pixel.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>CTX: the context camera, about 6 m a pixel, wide. Since 2006.</source>
   <translation>CTX : la caméra de contexte, environ 6 m par pixel, large. Depuis 2006.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>End of the season, Ls</source>
   <translation>Fin de la saison, Ls</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>HiRISE: the sharpest camera, 25 to 50 cm a pixel, narrow strips. Since 2006.</source>
   <translation>HiRISE : la caméra la plus nette, 25 à 50 cm par pixel, bandes étroites. Depuis 2006.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Incidence: how far the sun is from overhead, in degrees. 0 is noon on the equator, 90 is sunset; long shadows hide changes.</source>
   <translation>Incidence : écart du soleil à la verticale, en degrés. 0 est midi à l'équateur, 90 le coucher du soleil ; les longues ombres cachent les changements.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>L&amp;s from</source>
   <translation>L&amp;s de</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Largest in&amp;cidence</source>
   <translation>In&amp;cidence max.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Largest incidence angle in degrees</source>
   <translation>Angle d'incidence maximal en degrés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>No instrument is ticked. Tick at least one.</source>
   <translation>Aucun instrument n'est coché. Cochez-en au moins un.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Not &amp;after</source>
   <translation>Pas &amp;après</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Own range of Ls</source>
   <translation>Plage de Ls propre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>S&amp;eason</source>
   <translation>Sa&amp;ison</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Season</source>
   <translation>Saison</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Solar longitude Ls, the season in degrees. A start larger than the end runs through the new year.</source>
   <translation>Longitude solaire Ls, la saison en degrés. Un début plus grand que la fin traverse le nouvel an.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Start of the season, Ls</source>
   <translation>Début de la saison, Ls</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>The choice in words</source>
   <translation>Le choix en mots</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>The dates run backwards. Let the first date be before the last.</source>
   <translation>Les dates vont à rebours. Mettez la première date avant la dernière.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>The same ground looks alike in the same season: frost, shadows and dust come and go.</source>
   <translation>Le même sol se ressemble à la même saison : givre, ombres et poussière vont et viennent.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>Whole year</source>
   <translation>Année entière</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/season.py" />
   <source>to</source>
   <translation>à</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>&amp;Update the index</source>
   <translation>Mettre l'inde&amp;x à jour</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Automatic</source>
   <translation>Automatique</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Bring the archives' lists of the ticked instruments to this computer, where they are newer there</source>
   <translation>Apporter sur cet ordinateur les listes des archives pour les instruments cochés, si elles y sont plus récentes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>CRISM's archive has no one list; tick HiRISE or CTX for the offline index.</source>
   <translation>L'archive de CRISM n'a pas de liste unique ; cochez HiRISE ou CTX pour l'index hors ligne.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>From: {source}</source>
   <translation>Source : {source}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>HiRISE names</source>
   <translation>Noms HiRISE</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Images that are map-projected already; read in windows, so only your area is fetched; until 2023</source>
   <translation>Images déjà projetées ; lues par fenêtres, donc seule votre zone est téléchargée ; jusqu'en 2023</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Look at the offline index</source>
   <translation>Examiner l'index hors ligne</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Names of images are worked out from the orbits over your area and tried one by one; slow</source>
   <translation>Les noms d'images sont déduits des orbites au-dessus de votre zone et essayés un par un ; lent</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>ODE (Washington University)</source>
   <translation>ODE (université Washington)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Offline index</source>
   <translation>Index hors ligne</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Progress of the index</source>
   <translation>Progression de l'index</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Sear&amp;ch in</source>
   <translation>Cherch&amp;er dans</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>State of the offline index</source>
   <translation>État de l'index hors ligne</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Stop; the index that was here stays as it was</source>
   <translation>Arrêter ; l'index qui était là reste tel quel</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>The Orbital Data Explorer: HiRISE, CTX and CRISM, whole and up to date</source>
   <translation>L'Orbital Data Explorer : HiRISE, CTX et CRISM, complet et à jour</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>The archives' own lists on this computer: a search without any network; HiRISE and CTX</source>
   <translation>Les listes des archives sur cet ordinateur : une recherche sans réseau ; HiRISE et CTX</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>The first that answers of: ODE, USGS, offline index, HiRISE names</source>
   <translation>La première qui répond : ODE, USGS, index hors ligne, noms HiRISE</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>The index is new: {count} products.</source>
   <translation>L'index est neuf : {count} produits.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>The index was up to date: {count} products.</source>
   <translation>L'index était à jour : {count} produits.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>USGS analysis-ready images</source>
   <translation>Images prêtes à l'analyse de l'USGS</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Updating the index</source>
   <translation>Mise à jour de l'index</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>Which archive is asked; Automatic says afterwards which one answered</source>
   <translation>Quelle archive est interrogée ; Automatique dit ensuite laquelle a répondu</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>{instrument}: no index here yet.</source>
   <translation>{instrument} : pas encore d'index ici.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/source_box.py" />
   <source>{instrument}: {count} products, list of {day}.</source>
   <translation>{instrument} : {count} produits, liste du {day}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>&amp;Best for a series</source>
   <translation>&amp;Meilleures pour une série</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>&amp;Untick selected rows</source>
   <translation>Déco&amp;cher les lignes sélectionnées</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Choose images to fetch: selected rows, all listed, none, or the best for a series</source>
   <translation>Choisir les images à télécharger : lignes sélectionnées, toutes les listées, aucune, ou les meilleures pour une série</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Each row is one image. Tick those to fetch (space bar: all selected rows). Double click shows its place on the map. Click a heading to sort.</source>
   <translation>Chaque ligne est une image. Cochez celles à télécharger (barre d'espace : toutes les lignes sélectionnées). Un double-clic montre sa place sur la carte. Cliquez un en-tête pour trier.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Filter the table</source>
   <translation>Filtrer le tableau</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Filter: red my30 spring -color</source>
   <translation>Filtre : red my30 printemps -color</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>How many are listed and chosen</source>
   <translation>Combien sont listées et choisies</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Observations found</source>
   <translation>Observations trouvées</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>RED images whose light and season are most alike, and that cover the area best</source>
   <translation>Les images RED dont lumière et saison se ressemblent le plus, et qui couvrent le mieux la zone</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Shows rows that hold all these words: of the product, instrument, date, Mars Year (my30), season. A minus before a word leaves rows out; the word chosen shows what is ticked.</source>
   <translation>Montre les lignes qui contiennent tous ces mots : du produit, de l'instrument, de la date, de l'année martienne (my30), de la saison. Un moins devant un mot écarte des lignes ; le mot choisie montre ce qui est coché.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Tick &amp;all listed</source>
   <translation>Cocher t&amp;outes les listées</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Tick &amp;none</source>
   <translation>N'en cocher &amp;aucune</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>Tick &amp;selected rows</source>
   <translation>Cocher les lignes &amp;sélectionnées</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>{count} products, {chosen} chosen</source>
   <translation>{count} produits, {chosen} choisis</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table.py" />
   <source>{listed} of {count} products listed, {chosen} chosen</source>
   <translation>{listed} produits sur {count} listés, {chosen} choisis</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Chosen: to be fetched and laid into a series.</source>
   <translation>Choisie : à télécharger et à poser dans une série.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Covers</source>
   <translation>Couvre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Date (UTC)</source>
   <translation>Date (UTC)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Emission</source>
   <translation>Émission</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>How far the camera looked from straight down, degrees. Alike is better to compare.</source>
   <translation>De combien la caméra s'écartait de la verticale, en degrés. Semblable se compare mieux.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>How far the sun was from overhead, degrees. Alike is better to compare.</source>
   <translation>De combien le soleil s'écartait de la verticale, en degrés. Semblable se compare mieux.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Incidence</source>
   <translation>Incidence</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Instrument</source>
   <translation>Instrument</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Ls</source>
   <translation>Ls</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>MB</source>
   <translation>Mo</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>MY</source>
   <translation>MY</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Mars Year: 687 days; Mars Year 1 began in April 1955.</source>
   <translation>Année martienne : 687 jours ; l'année martienne 1 a commencé en avril 1955.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Metres on the ground for one pixel.</source>
   <translation>Mètres au sol pour un pixel.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Product</source>
   <translation>Produit</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Size to fetch, in millions of bytes.</source>
   <translation>Taille à télécharger, en millions d'octets.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>Solar longitude, the season in degrees: 0 is the start of northern spring.</source>
   <translation>Longitude solaire, la saison en degrés : 0 est le début du printemps boréal.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>The archive's name of the image. RED is the widest, COLOR a narrow strip in colour.</source>
   <translation>Le nom de l'image dans l'archive. RED est la plus large, COLOR une bande étroite en couleur.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>The camera.</source>
   <translation>La caméra.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>The season there, in its own hemisphere.</source>
   <translation>La saison là-bas, dans son propre hémisphère.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>The share of your area that the image covers.</source>
   <translation>La part de votre zone que l'image couvre.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>When the image was taken.</source>
   <translation>Quand l'image fut prise.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>chosen</source>
   <translation>choisie</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>m/px</source>
   <translation>m/px</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>not chosen</source>
   <translation>non choisie</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/table_model.py" />
   <source>✓</source>
   <translation>✓</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/thumbnails.py" />
   <source>No picture: the archive did not answer several times. The next search tries again.</source>
   <translation>Pas d'image : l'archive n'a pas répondu plusieurs fois. La prochaine recherche réessaie.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/thumbnails.py" />
   <source>Stopped.</source>
   <translation>Arrêté.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/thumbnails.py" />
   <source>The archive names no picture of it.</source>
   <translation>L'archive n'en nomme aucune image.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/thumbnails.py" />
   <source>Thumbnails</source>
   <translation>Vignettes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/wheel.py" />
   <source>Ls {start} to {end} degrees: {names}. The arrow keys move the {which}.</source>
   <translation>Ls {start} à {end} degrés : {names}. Les flèches déplacent : {which}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/wheel.py" />
   <source>Season wheel</source>
   <translation>Roue des saisons</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/wheel.py" />
   <source>Solar longitude Ls: where Mars stands on its way round the sun. Ls 0 is the start of northern spring, 90 of northern summer, 180 of northern autumn, 270 of northern winter. Drag the two handles, or use Tab and the arrow keys (with Shift: ten degrees).</source>
   <translation>Longitude solaire Ls : où est Mars sur son chemin autour du soleil. Ls 0 est le début du printemps boréal, 90 de l'été boréal, 180 de l'automne boréal, 270 de l'hiver boréal. Faites glisser les deux poignées, ou utilisez Tab et les flèches (avec Maj : dix degrés).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/wheel.py" />
   <source>Whole year. Arrow keys choose a part of it.</source>
   <translation>Année entière. Les flèches en choisissent une partie.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/wheel.py" />
   <source>end</source>
   <translation>fin</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/wheel.py" />
   <source>start</source>
   <translation>début</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/wide.py" />
   <source>MarsCD: observations found</source>
   <translation>MarsCD : observations trouvées</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>&amp;Mars Years</source>
   <translation>Années &amp;martiennes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>A Mars Year is 687 days. Mars Year 1 began on 11 April 1955; HiRISE's first images are of Mars Year 28.</source>
   <translation>Une année martienne a 687 jours. L'année martienne 1 a commencé le 11 avril 1955 ; les premières images de HiRISE sont de l'année martienne 28.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>First Mars Year</source>
   <translation>Première année martienne</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>Last Mars Year</source>
   <translation>Dernière année martienne</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>Mars Years as a list</source>
   <translation>Années martiennes en liste</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>Write years and ranges with commas between them.</source>
   <translation>Écrivez années et plages séparées par des virgules.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>all years; or for example 28, 30-31</source>
   <translation>toutes les années ; ou par exemple 28, 30-31</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>any</source>
   <translation>toutes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/find/years.py" />
   <source>or a &amp;list</source>
   <translation>ou une &amp;liste</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/folder.py" />
   <source>Delete it, or choose another folder: the images beside it are untouched.</source>
   <translation>Supprimez-le, ou choisissez un autre dossier : les images à côté ne sont pas touchées.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/folder.py" />
   <source>its area is not on the globe</source>
   <translation>sa zone n'est pas sur le globe</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/help.py" />
   <source>Help</source>
   <translation>Aide</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/help.py" />
   <source>MarsCD help</source>
   <translation>Aide de MarsCD</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/help.py" />
   <source>MarsCD help: {page}</source>
   <translation>Aide de MarsCD : {page}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/help.py" />
   <source>Missing packages</source>
   <translation>Paquets manquants</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/help.py" />
   <source>There is no help for this page yet.</source>
   <translation>Il n'y a pas encore d'aide pour cette page.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>&amp;New job</source>
   <translation>&amp;Nouveau travail</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>&amp;Open a job's folder…</source>
   <translation>&amp;Ouvrir le dossier d'un travail…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>&amp;Recent jobs</source>
   <translation>Travaux &amp;récents</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>&amp;Show in the file manager</source>
   <translation>A&amp;fficher dans le gestionnaire de fichiers</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>A folder of an earlier job, or of marscd:monitorarea: what was found there comes back.</source>
   <translation>Un dossier d'un travail antérieur, ou de marscd:monitorarea : ce qui y fut trouvé revient.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>Help for this page</source>
   <translation>Aide pour cette page</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>Job</source>
   <translation>Travail</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>MarsCD's settings</source>
   <translation>Paramètres de MarsCD</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>No file manager could be started. The folder is {folder}.</source>
   <translation>Aucun gestionnaire de fichiers n'a pu être lancé. Le dossier est {folder}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>No job yet</source>
   <translation>Pas encore de travail</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>Open a job's folder</source>
   <translation>Ouvrir le dossier d'un travail</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>Start over: nothing asked, nothing found. The job that is open now stays in its folder.</source>
   <translation>Repartir à zéro : rien de demandé, rien de trouvé. Le travail ouvert reste dans son dossier.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>The job's folder is made when something is to be kept. Here you can open an earlier job.</source>
   <translation>Le dossier du travail est créé quand il y a quelque chose à garder. Ici vous pouvez ouvrir un travail antérieur.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>The job's folder {folder} is not there any more. Was its disk taken out, or the folder moved?</source>
   <translation>Le dossier du travail {folder} n'est plus là. Son disque a-t-il été retiré, ou le dossier déplacé ?</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/job_bar.py" />
   <source>This job's files are in {folder}</source>
   <translation>Les fichiers de ce travail sont dans {folder}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/jobs.py" />
   <source>A mistake in MarsCD itself ({what}). QGIS's log has the details: please report them.</source>
   <translation>Une erreur de MarsCD lui-même ({what}). Le journal de QGIS a les détails : merci de les signaler.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/jobs.py" />
   <source>The parameters do not fit.</source>
   <translation>Les paramètres ne conviennent pas.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/jobs.py" />
   <source>The step failed without saying why; see QGIS's log.</source>
   <translation>L'étape a échoué sans dire pourquoi ; voir le journal de QGIS.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Asking for the online map ...</source>
   <translation>Demande de la carte en ligne ...</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Basemap</source>
   <translation>Fond de carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Longitude and latitude</source>
   <translation>Longitude et latitude</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Mars (offline)</source>
   <translation>Mars (hors ligne)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Mars map</source>
   <translation>Carte de Mars</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Named places</source>
   <translation>Lieux nommés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Online map</source>
   <translation>Carte en ligne</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Online map: {name}.</source>
   <translation>Carte en ligne : {name}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>The online map could not be opened: offline basemap used.</source>
   <translation>La carte en ligne n'a pas pu être ouverte : fond hors ligne utilisé.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>The online map did not answer: offline basemap used.</source>
   <translation>La carte en ligne n'a pas répondu : fond hors ligne utilisé.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>Tick it again in QGIS's layer list when the network is back.</source>
   <translation>Recochez-la dans la liste des couches de QGIS quand le réseau est revenu.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/basemap.py" />
   <source>{name} stopped answering and was switched off: offline basemap used.</source>
   <translation>{name} a cessé de répondre et a été éteinte : fond hors ligne utilisé.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/locator.py" />
   <source>Places on Mars</source>
   <translation>Lieux sur Mars</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/project.py" />
   <source>&amp;Convert this project</source>
   <translation>&amp;Convertir ce projet</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/project.py" />
   <source>&amp;New project</source>
   <translation>&amp;Nouveau projet</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/project.py" />
   <source>A new project leaves it as it is (QGIS asks first whether to save it). Converting keeps its layers, but those on Earth cannot be shown on a map of Mars.</source>
   <translation>Un nouveau projet le laisse tel quel (QGIS demande d'abord s'il faut l'enregistrer). La conversion garde ses couches, mais celles de la Terre ne peuvent pas être montrées sur une carte de Mars.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/project.py" />
   <source>Start a Mars project</source>
   <translation>Démarrer un projet Mars</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/project.py" />
   <source>The open project is not on Mars.</source>
   <translation>Le projet ouvert n'est pas sur Mars.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/search.py" />
   <source>Gale, Olympus Mons, 202.3 E 41.6 S ...</source>
   <translation>Gale, Olympus Mons, 202.3 E 41.6 S ...</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/search.py" />
   <source>Longitude {lon:g}, latitude {lat:g} is not on the globe.</source>
   <translation>La longitude {lon:g}, latitude {lat:g} n'est pas sur le globe.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/search.py" />
   <source>The longitude comes first, 0 to 360 east; the latitude is -90 to 90. Or write 202.3 E, 41.6 S.</source>
   <translation>La longitude vient d'abord, 0 à 360 est ; la latitude va de -90 à 90. Ou écrivez 202.3 E, 41.6 S.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/search.py" />
   <source>Write 202.3 E, 41.6 S.</source>
   <translation>Écrivez 202.3 E, 41.6 S.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/search.py" />
   <source>{text!r} does not name one longitude and one latitude.</source>
   <translation>{text!r} ne nomme pas une longitude et une latitude.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/tiles.py" />
   <source>Check the network connection and the proxy settings.</source>
   <translation>Vérifiez la connexion réseau et les paramètres du proxy.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/tiles.py" />
   <source>Choose a cache folder you may write to, in the settings.</source>
   <translation>Choisissez dans les paramètres un dossier de cache où vous avez le droit d'écrire.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/tiles.py" />
   <source>Heights in colour (NASA Trek)</source>
   <translation>Altitudes en couleurs (NASA Trek)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/tiles.py" />
   <source>Infrared by day, THEMIS (USGS)</source>
   <translation>Infrarouge de jour, THEMIS (USGS)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/tiles.py" />
   <source>The online map did not answer.</source>
   <translation>La carte en ligne n'a pas répondu.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/mars/tiles.py" />
   <source>Viking colour (NASA Trek)</source>
   <translation>Couleurs Viking (NASA Trek)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/running.py" />
   <source>Stop within a second or two; pairs that are finished stay</source>
   <translation>Arrêter en une seconde ou deux ; les paires terminées restent</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>A series needs at least two images of one place: fetch some, or add your own.</source>
   <translation>Une série demande au moins deux images d'un même lieu : téléchargez-en, ou ajoutez les vôtres.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>A&amp;dd my own image…</source>
   <translation>A&amp;jouter ma propre image…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Any georeferenced image of the same place (GeoTIFF, JPEG 2000, ISIS cube …), with its date</source>
   <translation>Toute image géoréférencée du même lieu (GeoTIFF, JPEG 2000, cube ISIS …), avec sa date</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Bu&amp;ild</source>
   <translation>Co&amp;nstruire</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Bu&amp;ild the series of {count} images</source>
   <translation>Co&amp;nstruire la série de {count} images</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Build the series in the job's folder; run again, it does only what is missing</source>
   <translation>Construire la série dans le dossier du travail ; relancé, seul ce qui manque est fait</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Building a series</source>
   <translation>Construction d'une série</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Building was stopped. What is finished is kept: build again to go on from there.</source>
   <translation>La construction a été arrêtée. Ce qui est terminé est gardé : relancez pour continuer de là.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Chosen for me</source>
   <translation>Choisi pour moi</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>How much of the series is built</source>
   <translation>Part de la série déjà construite</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Images with coordinates (*.tif *.tiff *.jp2 *.cub *.vrt *.img);;All files (*)</source>
   <translation>Images avec coordonnées (*.tif *.tiff *.jp2 *.cub *.vrt *.img);;Tous les fichiers (*)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Lays the images on each other to a fraction of a pixel. One that cannot be laid is left out, with the reason.</source>
   <translation>Pose les images l'une sur l'autre à une fraction de pixel près. Celle qui ne peut pas l'être est laissée, avec la raison.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Looking at images</source>
   <translation>Examen des images</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>No date was found in {count} of the images: type it into the list (UTC).</source>
   <translation>Aucune date n'a été trouvée dans {count} des images : tapez-la dans la liste (UTC).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Pi&amp;xel size</source>
   <translation>Taille de pi&amp;xel</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Progress of the building</source>
   <translation>Avancement de la construction</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Re&amp;ference</source>
   <translation>Ré&amp;férence</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Reading the dates of fetched images</source>
   <translation>Lecture des dates des images téléchargées</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Remo&amp;ve</source>
   <translation>Re&amp;tirer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Stop within a second or two; finished images are kept</source>
   <translation>Arrêter en une seconde ou deux ; les images terminées restent</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Take the selected images out of the list; no file is deleted</source>
   <translation>Retirer de la liste les images sélectionnées ; aucun fichier n'est supprimé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>The image that stays where it is: all others are laid on it</source>
   <translation>L'image qui reste en place : toutes les autres sont posées sur elle</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>The size on the ground of a pixel of the series, in metres</source>
   <translation>La taille au sol d'un pixel de la série, en mètres</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>Your own images of the place</source>
   <translation>Vos propres images du lieu</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/build_box.py" />
   <source>as the coarsest image</source>
   <translation>comme la plus grossière</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>Date</source>
   <translation>Date</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>Fit</source>
   <translation>Ajust.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>How far, in pixels, check points lie from where they should: below 0.3 is good</source>
   <translation>De combien de pixels des points de contrôle s'écartent de leur place : moins de 0,3 est bon</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>Images of the series</source>
   <translation>Images de la série</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>Incidence: the angle of the sun from overhead; 0° high noon, 90° on the horizon</source>
   <translation>Incidence : l'angle du soleil à la verticale ; 0° plein midi, 90° à l'horizon</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>Left out: {name}: {reason}</source>
   <translation>Laissée : {name} : {reason}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>Mars Year and solar longitude Ls: 0° is the start of northern spring, 90° of summer, 180° of autumn, 270° of winter</source>
   <translation>Année martienne et longitude solaire Ls : 0° est le début du printemps boréal, 90° de l'été, 180° de l'automne, 270° de l'hiver</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>Sun</source>
   <translation>Soleil</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>When the image was taken (UTC)</source>
   <translation>Quand l'image fut prise (UTC)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>reference</source>
   <translation>référence</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>{name} was left out of the series: {reason}.</source>
   <translation>{name} a été laissée hors de la série : {reason}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/epochs.py" />
   <source>{residual} px</source>
   <translation>{residual} px</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>Image</source>
   <translation>Image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>Images to build the series of</source>
   <translation>Images dont la série est construite</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>No date was found in the file or its name.</source>
   <translation>Aucune date n'a été trouvée dans le fichier ni dans son nom.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>No images yet: fetch some in the step before, or add your own below.</source>
   <translation>Pas encore d'images : téléchargez-en à l'étape précédente, ou ajoutez les vôtres ci-dessous.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>This is no date: write it as 2011-06-27 or 2011-06-27T13:45 (UTC).</source>
   <translation>Ce n'est pas une date : écrivez-la comme 2011-06-27 ou 2011-06-27T13:45 (UTC).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>Ticked images become the series. Type the date of your own images (F2), in UTC.</source>
   <translation>Les images cochées deviennent la série. Tapez la date de vos propres images (F2), en UTC.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>Type it into the list's first column, such as 2011-06-27 or 2011-06-27T13:45 (UTC).</source>
   <translation>Tapez-la dans la première colonne de la liste, comme 2011-06-27 ou 2011-06-27T13:45 (UTC).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>type a date</source>
   <translation>tapez une date</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/images.py" />
   <source>{name} has no date yet.</source>
   <translation>{name} n'a pas encore de date.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/layers.py" />
   <source>Series {name}</source>
   <translation>Série {name}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>&amp;Time slider</source>
   <translation>Curseur t&amp;emporel</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>A&amp;ll</source>
   <translation>Toute&amp;s</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>All images</source>
   <translation>Toutes les images</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Double-click, or Enter: show only this image on the map</source>
   <translation>Double-clic, ou Entrée : ne montrer que cette image sur la carte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Earlier image</source>
   <translation>Image plus ancienne</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Folder of a series (with catalog.json in it)</source>
   <translation>Dossier d'une série (contenant catalog.json)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>How each image was laid on the reference, with figures and pictures (in your browser)</source>
   <translation>Comment chaque image fut posée sur la référence, avec chiffres et images (dans votre navigateur)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Later image</source>
   <translation>Image plus récente</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Let QGIS's time slider choose the image: one step an image. Press again to see all of time at once.</source>
   <translation>Laisser le curseur temporel de QGIS choisir l'image : un pas par image. Appuyez à nouveau pour revoir tous les temps à la fois.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>No series yet: build one above, or open one that was built before.</source>
   <translation>Pas encore de série : construisez-en une ci-dessus, ou ouvrez-en une déjà construite.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>On: black and white mean the same in every image, so that what looks darker is darker. Off: each image by its own darkest and brightest, which shows more in a pale one.</source>
   <translation>Activé : noir et blanc signifient la même chose dans chaque image, donc ce qui paraît plus sombre l'est. Désactivé : chaque image selon son plus sombre et son plus clair, ce qui montre davantage dans une image pâle.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>One &amp;stretch for all</source>
   <translation>Même étirement p&amp;our toutes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>One image at a time: step with ◀ ▶, or play them in QGIS's Temporal Controller.</source>
   <translation>Une image à la fois : avancez avec ◀ ▶, ou jouez-les dans le Contrôleur temporel de QGIS.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Open a series that was built before, from its folder</source>
   <translation>Ouvrir depuis son dossier une série déjà construite</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Open another series</source>
   <translation>Ouvrir une autre série</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Open it with a web browser, or build the series again if it is missing.</source>
   <translation>Ouvrez-le avec un navigateur web, ou reconstruisez la série s'il manque.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Show the image after this one on the map</source>
   <translation>Montrer sur la carte l'image suivante</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Show the image before this one on the map</source>
   <translation>Montrer sur la carte l'image précédente</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>The report {path} could not be opened.</source>
   <translation>Le rapport {path} n'a pas pu être ouvert.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>This map has no time slider; use the arrows to step through the images.</source>
   <translation>Cette carte n'a pas de curseur temporel ; utilisez les flèches pour passer d'une image à l'autre.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Tick all images again in the Layers panel</source>
   <translation>Recocher toutes les images dans le panneau Couches</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Zoom the map to the series</source>
   <translation>Zoomer la carte sur la série</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>Zoom to the series</source>
   <translation>Zoomer sur la série</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>{count} images on one grid</source>
   <translation>{count} images sur une même grille</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/look_box.py" />
   <source>{count} left out</source>
   <translation>{count} laissées</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/naming.py" />
   <source>Covers {share} of the series' area.</source>
   <translation>Couvre {share} de la surface de la série.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/naming.py" />
   <source>Incidence {angle}° (0: the sun overhead, 90: on the horizon).</source>
   <translation>Incidence {angle}° (0 : soleil au zénith, 90 : à l'horizon).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/naming.py" />
   <source>It was moved by {x} px in x and {y} px in y.</source>
   <translation>Elle a été déplacée de {x} px en x et {y} px en y.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/naming.py" />
   <source>MY {year} Ls {longitude}°</source>
   <translation>MY {year} Ls {longitude}°</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/naming.py" />
   <source>Registered: {reason}.</source>
   <translation>Recalée : {reason}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/naming.py" />
   <source>The reference: the others were laid on it.</source>
   <translation>La référence : les autres ont été posées sur elle.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/naming.py" />
   <source>The sun stood at {angle}°, clockwise from north.</source>
   <translation>Le soleil était à {angle}°, depuis le nord dans le sens horaire.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>&amp;Next: detect changes</source>
   <translation>Suite : détecter les c&amp;hangements</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>1  Build</source>
   <translation>1  Construire</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>2  Look</source>
   <translation>2  Regarder</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>3  Compare two images</source>
   <translation>3  Comparer deux images</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>4  Follow a point through time</source>
   <translation>4  Suivre un point dans le temps</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>Finding the brightness stretch</source>
   <translation>Recherche de l'étirement de luminosité</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>Let a model compare two of these images and outline what changed</source>
   <translation>Laisser un modèle comparer deux de ces images et tracer ce qui a changé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>Opening a series</source>
   <translation>Ouverture d'une série</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>The series is built: {count} images lie on each other.</source>
   <translation>La série est construite : {count} images sont posées l'une sur l'autre.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/series/page.py" />
   <source>{before} and {after} are not in this series: open or build the one they are in.</source>
   <translation>{before} et {after} ne sont pas dans cette série : ouvrez ou construisez celle où elles sont.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>A downloaded package is damaged.</source>
   <translation>Un paquet téléchargé est endommagé.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Another QGIS window is installing packages right now.</source>
   <translation>Une autre fenêtre de QGIS installe des paquets en ce moment.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Check that you may write to the folder named in the details, and that no virus scanner holds it.</source>
   <translation>Vérifiez que vous avez le droit d'écrire dans le dossier nommé dans les détails, et qu'aucun antivirus ne le bloque.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Check the network connection and QGIS's proxy (Settings &gt; Options &gt; Network), then install again.</source>
   <translation>Vérifiez la connexion réseau et le proxy de QGIS (Préférences &gt; Options &gt; Réseau), puis réinstallez.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Check the proxy in QGIS's settings under Network, then install again.</source>
   <translation>Vérifiez le proxy dans les options de QGIS, sous Réseau, puis réinstallez.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Check this computer's clock. In a company network ask for its certificate, and give it to pip: pip config set global.cert FILE.</source>
   <translation>Vérifiez l'horloge de cet ordinateur. Dans un réseau d'entreprise, demandez son certificat et donnez-le à pip : pip config set global.cert FICHIER.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Close other programs, then install again.</source>
   <translation>Fermez d'autres programmes, puis réinstallez.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Files could not be written into your QGIS profile.</source>
   <translation>Des fichiers n'ont pas pu être écrits dans votre profil QGIS.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Give them in QGIS's settings under Network, then install again.</source>
   <translation>Donnez-les dans les options de QGIS, sous Réseau, puis réinstallez.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Install PySocks for QGIS's Python (Debian: python3-socks), or give an HTTP proxy in QGIS's settings.</source>
   <translation>Installez PySocks pour le Python de QGIS (Debian : python3-socks), ou donnez un proxy HTTP dans les options de QGIS.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Install again later. If pip is set to use a mirror, check it with pip config list.</source>
   <translation>Réinstallez plus tard. Si pip utilise un miroir, vérifiez-le avec pip config list.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Install again. If it stays so, something between you and the index changes files: ask your network's administrator.</source>
   <translation>Réinstallez. Si cela persiste, quelque chose entre vous et l'index modifie les fichiers : demandez à l'administrateur de votre réseau.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Install again; if it stays so, empty pip's cache first: pip cache purge.</source>
   <translation>Réinstallez ; si cela persiste, videz d'abord le cache de pip : pip cache purge.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Install again; the packages that were there before are untouched.</source>
   <translation>Réinstallez ; les paquets déjà présents n'ont pas été touchés.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Install the packages by hand; MarsCD's installation guide shows the commands.</source>
   <translation>Installez les paquets à la main ; le guide d'installation de MarsCD montre les commandes.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Make room on the disk that holds your QGIS profile, then install again.</source>
   <translation>Faites de la place sur le disque qui contient votre profil QGIS, puis réinstallez.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>MarsCD never installs there, so a setting of pip's must ask for it: look at pip config list.</source>
   <translation>MarsCD n'installe jamais là ; un réglage de pip doit le demander : regardez pip config list.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>No secure connection to the package index: its certificate was not accepted.</source>
   <translation>Pas de connexion sûre à l'index des paquets : son certificat n'a pas été accepté.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>On Debian and Ubuntu: sudo apt install python3-pip. Then install again.</source>
   <translation>Sur Debian et Ubuntu : sudo apt install python3-pip. Puis réinstallez.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Please report it with the details below. Meanwhile your system's own package manager may have it.</source>
   <translation>Merci de le signaler avec les détails ci-dessous. En attendant, le gestionnaire de paquets de votre système l'a peut-être.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Please report it with the details below. QGIS itself is untouched.</source>
   <translation>Merci de le signaler avec les détails ci-dessous. QGIS lui-même n'a pas été touché.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Please report it with the details below: a newer MarsCD is needed for this QGIS.</source>
   <translation>Merci de le signaler avec les détails ci-dessous : un MarsCD plus récent est nécessaire pour ce QGIS.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>QGIS uses a SOCKS proxy, which pip cannot use without the package PySocks.</source>
   <translation>QGIS utilise un proxy SOCKS, que pip ne peut pas utiliser sans le paquet PySocks.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>QGIS's Python has no pip, the program that installs packages.</source>
   <translation>Le Python de QGIS n'a pas pip, le programme qui installe des paquets.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>QGIS's own Python program was not found beside QGIS.</source>
   <translation>Le programme Python de QGIS n'a pas été trouvé à côté de QGIS.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The details show all it said. Packages that were there before are untouched.</source>
   <translation>Les détails montrent tout ce qu'il a dit. Les paquets déjà présents n'ont pas été touchés.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The disk is full.</source>
   <translation>Le disque est plein.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The installer brought {names}, which would hide QGIS's own, so all was taken away again.</source>
   <translation>L'installateur a apporté {names}, qui cacherait celui de QGIS ; tout a donc été retiré.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The installer failed (code {code}): {reason}</source>
   <translation>L'installateur a échoué (code {code}) : {reason}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The installer was ended from outside before it was done.</source>
   <translation>L'installateur a été arrêté de l'extérieur avant la fin.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The package index could not be reached.</source>
   <translation>L'index des paquets n'a pas pu être atteint.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The package index has no {package} for this Python and computer.</source>
   <translation>L'index des paquets n'a pas de {package} pour ce Python et cet ordinateur.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The package index refused the request or is in trouble.</source>
   <translation>L'index des paquets a refusé la demande ou a des ennuis.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The packages that MarsCD is tested with do not fit this QGIS's numpy.</source>
   <translation>Les paquets avec lesquels MarsCD est testé ne vont pas avec le numpy de ce QGIS.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The packages were installed but do not load, so they were taken away again: {reason}</source>
   <translation>Les paquets ont été installés mais ne se chargent pas ; ils ont donc été retirés : {reason}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The proxy asks for a user name and a password, or refuses those it was given.</source>
   <translation>Le proxy demande un nom d'utilisateur et un mot de passe, ou refuse ceux qu'il a reçus.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>The proxy did not let the packages through.</source>
   <translation>Le proxy n'a pas laissé passer les paquets.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>There is not enough memory to install.</source>
   <translation>Il n'y a pas assez de mémoire pour installer.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>This Python is looked after by the system and refuses packages from elsewhere.</source>
   <translation>Ce Python est géré par le système et refuse les paquets venus d'ailleurs.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>Wait until it is done, then start QGIS again.</source>
   <translation>Attendez qu'elle ait fini, puis redémarrez QGIS.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>What was downloaded is not what the package index announced.</source>
   <translation>Ce qui a été téléchargé n'est pas ce que l'index des paquets annonçait.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>it said nothing</source>
   <translation>il n'a rien dit</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/causes.py" />
   <source>package</source>
   <translation>paquet</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>Apple (CoreML)</source>
   <translation>Apple (CoreML)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>Back to the default</source>
   <translation>Revenir à la valeur par défaut</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>Back to the default: {value}</source>
   <translation>Revenir à la valeur par défaut : {value}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>Graphics card on Windows (DirectML)</source>
   <translation>Carte graphique sous Windows (DirectML)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>NVIDIA card (CUDA)</source>
   <translation>Carte NVIDIA (CUDA)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>Not available here: {reason}.</source>
   <translation>Indisponible ici : {reason}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>Processor (CPU)</source>
   <translation>Processeur (CPU)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>Set by the environment variable {variable}.</source>
   <translation>Fixé par la variable d'environnement {variable}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>The best there is</source>
   <translation>Le meilleur disponible</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>This</source>
   <translation>Ceci</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>off</source>
   <translation>désactivé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>on</source>
   <translation>activé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/fields.py" />
   <source>{device}, not available here</source>
   <translation>{device}, indisponible ici</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hardware.py" />
   <source>needs the package onnxruntime, which is missing</source>
   <translation>demande le paquet onnxruntime, qui manque</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hardware.py" />
   <source>needs the package onnxruntime-directml in place of onnxruntime</source>
   <translation>demande le paquet onnxruntime-directml à la place de onnxruntime</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hardware.py" />
   <source>needs the package onnxruntime-gpu in place of onnxruntime</source>
   <translation>demande le paquet onnxruntime-gpu à la place de onnxruntime</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hardware.py" />
   <source>no NVIDIA card was found</source>
   <translation>aucune carte NVIDIA n'a été trouvée</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hardware.py" />
   <source>on Windows only</source>
   <translation>seulement sous Windows</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hardware.py" />
   <source>on macOS only</source>
   <translation>seulement sous macOS</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hardware.py" />
   <source>the NVIDIA driver is {driver}; {least} or newer is needed</source>
   <translation>le pilote NVIDIA est {driver} ; il faut {least} ou plus récent</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hearing.py" />
   <source>Downloading {name}…</source>
   <translation>Téléchargement de {name}…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hearing.py" />
   <source>Looking up {name}…</source>
   <translation>Recherche de {name}…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hearing.py" />
   <source>Taking {name} from pip's cache…</source>
   <translation>{name} pris dans le cache de pip…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hearing.py" />
   <source>Taking {name}…</source>
   <translation>Prise de {name}…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/hearing.py" />
   <source>Unpacking…</source>
   <translation>Décompression…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/installer.py" />
   <source>Asking the package index…</source>
   <translation>Demande à l'index des paquets…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/installer.py" />
   <source>Checking that they load…</source>
   <translation>Vérification du chargement…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/installer.py" />
   <source>Clear up</source>
   <translation>Faire le ménage</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/installer.py" />
   <source>Looking for QGIS's Python…</source>
   <translation>Recherche du Python de QGIS…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/installer.py" />
   <source>Make room for packages</source>
   <translation>Faire de la place pour les paquets</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/installer.py" />
   <source>the check ended with code {code}</source>
   <translation>la vérification s'est terminée avec le code {code}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>&amp;Cache in</source>
   <translation>&amp;Cache dans</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>&amp;HiRISE images</source>
   <translation>Images &amp;HiRISE</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>&amp;New jobs in</source>
   <translation>&amp;Nouveaux travaux dans</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>A&amp;lso allowed hosts</source>
   <translation>Hôtes autorisés en p&amp;lus</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Archives</source>
   <translation>Archives</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Archives are shared by everybody: three are polite, and more seldom are faster.</source>
   <translation>Les archives sont partagées par tous : trois est poli, et plus est rarement plus rapide.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Archives beyond those above that files may come from: names such as archive.example.org, with commas</source>
   <translation>Autres archives d'où des fichiers peuvent venir, en plus de celles ci-dessus : des noms comme archive.example.org, séparés par des virgules</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Archives may be on this &amp;computer</source>
   <translation>Les archives peuvent être sur cet &amp;ordinateur</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Arizona State University's map-projected Context Camera images</source>
   <translation>Les images de la caméra de contexte projetées par l'Arizona State University</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>At most, M&amp;B a second</source>
   <translation>Au &amp;plus, Mo par seconde</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>C&amp;RISM spectra</source>
   <translation>Spectres C&amp;RISM</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>C&amp;TX images</source>
   <translation>Images C&amp;TX</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>CTX &amp;maps</source>
   <translation>Cartes CT&amp;X</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Fetches no faster than this, so that the network stays usable for others; 0 is no limit</source>
   <translation>Ne télécharge pas plus vite que cela, pour que le réseau reste utilisable par d'autres ; 0 : sans limite</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Files fetched at the &amp;same time</source>
   <translation>Fichiers &amp;simultanés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Folders</source>
   <translation>Dossiers</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>For a copy of the archives on your own computer or network (docs/sandbox.md); otherwise leave it off.</source>
   <translation>Pour une copie des archives sur votre ordinateur ou votre réseau (docs/sandbox.md) ; sinon laissez désactivé.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>MarsCD's own packages: {folder}</source>
   <translation>Paquets propres à MarsCD : {folder}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>NASA Trek's map tiles of Mars</source>
   <translation>Les tuiles de carte de Mars de NASA Trek</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>New jobs get a folder here: fetched images, series and changes. Large.</source>
   <translation>Les nouveaux travaux y ont un dossier : images téléchargées, séries et changements. Volumineux.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Python packages</source>
   <translation>Paquets Python</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Run &amp;models on</source>
   <translation>&amp;Modèles exécutés sur</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>STA&amp;C catalogue</source>
   <translation>Catalogue ST&amp;AC</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Search (&amp;ODE)</source>
   <translation>Recherche (O&amp;DE)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The MarsCD panel has a button that installs what is missing.</source>
   <translation>Le panneau MarsCD a un bouton qui installe ce qui manque.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The Orbital Data Explorer, which knows what was seen where and when</source>
   <translation>L'Orbital Data Explorer, qui sait ce qui fut vu où et quand</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The U.S. Geological Survey's catalogue of planetary images (STAC)</source>
   <translation>Le catalogue d'images planétaires de l'U.S. Geological Survey (STAC)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The archive of the CRISM imaging spectrometer</source>
   <translation>L'archive du spectromètre imageur CRISM</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The archive of the Context Camera: 6 m a pixel</source>
   <translation>L'archive de la caméra de contexte : 6 m par pixel</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The archive of the HiRISE camera: 25 to 50 cm a pixel</source>
   <translation>L'archive de la caméra HiRISE : 25 à 50 cm par pixel</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The list of what is being fetched, and map tiles. Keep it on a disk of this computer.</source>
   <translation>La liste de ce qui se télécharge, et des tuiles de carte. Gardez-le sur un disque de cet ordinateur.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>The proxy is QGIS's own: see Network in this dialog.</source>
   <translation>Le proxy est celui de QGIS : voir Réseau dans cette fenêtre.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Where the networks that find changes run. The best there is: a graphics card if it can be used.</source>
   <translation>Où s'exécutent les réseaux qui trouvent les changements. Le meilleur disponible : une carte graphique si elle est utilisable.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>Work</source>
   <translation>Calcul</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/options.py" />
   <source>{tip}. Variable: {variable}</source>
   <translation>{tip}. Variable : {variable}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>&amp;Details</source>
   <translation>&amp;Détails</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>&amp;Install</source>
   <translation>&amp;Installer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>&amp;Install…</source>
   <translation>&amp;Installer…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>&amp;Try again</source>
   <translation>&amp;Réessayer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>All that the installer said, to read or to send along with a question</source>
   <translation>Tout ce que l'installateur a dit, à lire ou à joindre à une question</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Back to the one line</source>
   <translation>Revenir à la simple ligne</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>C&amp;opy</source>
   <translation>C&amp;opier</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Download and install now</source>
   <translation>Télécharger et installer maintenant</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Finding changes is many times faster on the card. Without this it runs on the processor.</source>
   <translation>Trouver les changements est bien plus rapide sur la carte. Sans cela, c'est le processeur qui calcule.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>For the &amp;NVIDIA card (about 1.6 GB more)</source>
   <translation>Pour la carte &amp;NVIDIA (environ 1,6 Go de plus)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Hide</source>
   <translation>Masquer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Hide this until QGIS is started again</source>
   <translation>Masquer jusqu'au prochain démarrage de QGIS</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Install once more</source>
   <translation>Réinstaller</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Installing</source>
   <translation>Installation</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Not &amp;now</source>
   <translation>Pas maintena&amp;nt</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>QGIS's Python lacks {names}.</source>
   <translation>Il manque {names} au Python de QGIS.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Says what would be installed, and where</source>
   <translation>Dit ce qui serait installé, et où</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Starting…</source>
   <translation>Démarrage…</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Stop; nothing is changed</source>
   <translation>Arrêter ; rien n'est changé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Stopped. Nothing was installed.</source>
   <translation>Arrêté. Rien n'a été installé.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>The card's driver is {driver}; {least} or newer is needed.</source>
   <translation>Le pilote de la carte est {driver} ; il faut {least} ou plus récent.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>The installer's output</source>
   <translation>La sortie de l'installateur</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>The packages are installed and ready; QGIS need not be started again.</source>
   <translation>Les paquets sont installés et prêts ; inutile de redémarrer QGIS.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>The packages are installed. Start QGIS again to use them.</source>
   <translation>Les paquets sont installés. Redémarrez QGIS pour les utiliser.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>Until that is put right these do not work: {tasks}.</source>
   <translation>En attendant, ceci ne fonctionne pas : {tasks}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>What the installer said</source>
   <translation>Ce que l'installateur a dit</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>archives that answer in XML</source>
   <translation>les archives qui répondent en XML</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>building series</source>
   <translation>construire des séries</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>finding analogues</source>
   <translation>trouver des analogues</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>finding analogues quickly among very many places</source>
   <translation>trouver vite des analogues parmi un très grand nombre de lieux</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>finding changes</source>
   <translation>trouver les changements</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>searching</source>
   <translation>chercher</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>the USGS's ready images</source>
   <translation>les images prêtes de l'USGS</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>{first} and {last}</source>
   <translation>{first} et {last}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>{names} of QGIS's Python is built for another QGIS and would end this one.</source>
   <translation>{names} du Python de QGIS est fait pour un autre QGIS et arrêterait celui-ci.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>{names} of QGIS's Python is too old.</source>
   <translation>{names} du Python de QGIS est trop ancien.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>{names}: about {size} MB from the Python Package Index, into a folder of your QGIS profile. QGIS's own packages stay as they are.</source>
   <translation>{names} : environ {size} Mo du Python Package Index, dans un dossier de votre profil QGIS. Les paquets de QGIS restent tels quels.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/panel.py" />
   <source>{status} {size} MB so far</source>
   <translation>{status} {size} Mo jusqu'ici</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/setup/plan.py" />
   <source>There is no shapely on the package index that is built for GEOS {geos}, as QGIS is. Install the package python3-shapely of your Linux distribution instead.</source>
   <translation>L'index des paquets n'a pas de shapely fait pour GEOS {geos}, celui de QGIS. Installez plutôt le paquet python3-shapely de votre distribution Linux.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>An area needs at least three corners; this has {count}.</source>
   <translation>Une zone demande au moins trois sommets ; celle-ci en a {count}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>Draw a simpler one, or take the polygon of a layer.</source>
   <translation>Dessinez-en une plus simple, ou prenez le polygone d'une couche.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>Draw a smaller one, or zoom in first. Around a pole, use the polar map.</source>
   <translation>Dessinez-en une plus petite, ou zoomez d'abord. Autour d'un pôle, utilisez la carte polaire.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>Draw it inside the map of Mars.</source>
   <translation>Dessinez-la à l'intérieur de la carte de Mars.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>It lies more than one and a half turns away from the map's middle.</source>
   <translation>Elle est à plus d'un tour et demi du milieu de la carte.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>It reaches beyond the edge of the map.</source>
   <translation>Elle dépasse le bord de la carte.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>It reaches latitude {lat:.1f}, beyond the pole.</source>
   <translation>Elle atteint la latitude {lat:.1f}, au-delà du pôle.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>One of its corners has no place on the map.</source>
   <translation>L'un de ses sommets n'a pas de place sur la carte.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>Set a corner beside the line.</source>
   <translation>Placez un sommet à côté de la ligne.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>Take corners back with Backspace, or draw it again.</source>
   <translation>Reprenez des sommets avec Retour arrière, ou redessinez-la.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>The area is {width:.0f} degrees of longitude wide; 180 is the most.</source>
   <translation>La zone est large de {width:.0f} degrés de longitude ; 180 est le maximum.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>The area lies partly outside the globe.</source>
   <translation>La zone est en partie hors du globe.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>The corners lie on one line: nothing is inside.</source>
   <translation>Les sommets sont alignés : il n'y a rien à l'intérieur.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>The shape has {count} corners.</source>
   <translation>La forme a {count} sommets.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/shapes.py" />
   <source>Two sides cross (number {a} and {b} as drawn): what is inside cannot be told.</source>
   <translation>Deux côtés se croisent (n° {a} et {b} dans l'ordre du dessin) : on ne sait pas ce qui est à l'intérieur.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/gui/window.py" />
   <source>Show or hide MarsCD: image time series of Mars, and what changed in them</source>
   <translation>Afficher ou masquer MarsCD : séries temporelles d'images de Mars, et ce qui y a changé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Across 180 degrees write it as 170,190,...</source>
   <translation>À travers 180 degrés, écrivez 170,190,...</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Assign a CRS to SEARCH, or leave {name} out to look everywhere.</source>
   <translation>Attribuez un SCR à SEARCH, ou omettez {name} pour chercher partout.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Both AREA and EXTENT are given.</source>
   <translation>AREA et EXTENT sont donnés tous les deux.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Check the path.</source>
   <translation>Vérifiez le chemin.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Choose one of: {fields}.</source>
   <translation>Choisissez l'un de : {fields}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Draw or select at least one.</source>
   <translation>Dessinez-en ou sélectionnez-en au moins un.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>EXTENT {value} is empty.</source>
   <translation>EXTENT {value} est vide.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>EXTENT {value} runs from east to west.</source>
   <translation>EXTENT {value} va d'est en ouest.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Give both in a CRS of one body.</source>
   <translation>Donnez les deux dans un SCR d'un même astre.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Give exactly one of them.</source>
   <translation>Donnez exactement l'un des deux.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Give numbers of the matches' field index, separated by commas: 3,17.</source>
   <translation>Donnez des numéros du champ index des correspondances, séparés par des virgules : 3,17.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Model that compares (a bundled name, or an .onnx file)</source>
   <translation>Modèle qui compare (un nom fourni, ou un fichier .onnx)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Run on</source>
   <translation>Exécuter sur</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>SEARCH has no CRS: {name} has no place on it.</source>
   <translation>SEARCH n'a pas de SCR : {name} n'y a pas de lieu.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Save it as a GeoTIFF first, or give a GDAL WMS description of it.</source>
   <translation>Enregistrez-la d'abord en GeoTIFF, ou donnez-en une description GDAL WMS.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>Write west,east,south,north with west &lt; east and south &lt; north.</source>
   <translation>Écrivez ouest,est,sud,nord avec ouest &lt; est et sud &lt; nord.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>area {number}</source>
   <translation>zone {number}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>no body</source>
   <translation>aucun astre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>no known body</source>
   <translation>aucun astre connu</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>{name} has no field {field}.</source>
   <translation>{name} n'a pas de champ {field}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>{name} holds {text}, which is no number.</source>
   <translation>{name} contient {text}, qui n'est pas un nombre.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>{name} is a {kind} layer.</source>
   <translation>{name} est une couche {kind}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>{name} {layer} cannot be opened as a polygon layer.</source>
   <translation>{name} {layer} ne s'ouvre pas comme couche de polygones.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>{name} {layer} holds no polygon.</source>
   <translation>{name} {layer} ne contient pas de polygone.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>{what} does not say which body it lies on: read as longitude and latitude on {body}.</source>
   <translation>{what} ne dit pas sur quel astre il se trouve : lu comme longitude et latitude sur {body}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_inputs.py" />
   <source>{what} lies on {found}, its image on {body}.</source>
   <translation>{what} se trouve sur {found}, son image sur {body}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Assign its CRS, or cut its chips into a folder.</source>
   <translation>Attribuez-lui son SCR, ou découpez ses vignettes dans un dossier.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>CSV files (*.csv)</source>
   <translation>Fichiers CSV (*.csv)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Candidates: a folder of the same kind</source>
   <translation>Candidates : un dossier du même genre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Device that ran</source>
   <translation>Matériel utilisé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Edge of a chip of ground, in metres (empty: chosen)</source>
   <translation>Côté d'une vignette de sol, en mètres (vide : choisi d'office)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Field of the polygons with the regions' names</source>
   <translation>Champ des polygones avec les noms des régions</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Give {folder} alone, or {areas} together with {image}.</source>
   <translation>Donnez {folder} seul, ou {areas} avec {image}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>HTML files (*.html)</source>
   <translation>Fichiers HTML (*.html)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>It is not clear where the regions of {side} are.</source>
   <translation>Où se trouvent les régions de {side} n'est pas clair.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Matrix</source>
   <translation>Matrice</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Matrix of analogues</source>
   <translation>Matrice d'analogues</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Metres a pixel of a candidate image that has no CRS</source>
   <translation>Mètres par pixel d'une image candidate sans SCR</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Metres a pixel of a target image that has no CRS</source>
   <translation>Mètres par pixel d'une image de cible sans SCR</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Number of candidate regions</source>
   <translation>Nombre de régions candidates</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Number of targets</source>
   <translation>Nombre de cibles</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Pairs that are the nearest of their row and of their column</source>
   <translation>Paires les plus proches de leur ligne et de leur colonne</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Pairs that belong together</source>
   <translation>Paires qui vont ensemble</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Quartiles of each region</source>
   <translation>Quartiles de chaque région</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Report</source>
   <translation>Rapport</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Seed of the sub-areas' places</source>
   <translation>Graine aléatoire des lieux des sous-zones</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Sub-areas of each region</source>
   <translation>Sous-zones de chaque région</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>Targets: a folder with one sub-folder of chips a region</source>
   <translation>Cibles : un dossier avec un sous-dossier de vignettes par région</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>The image under the candidates' polygons</source>
   <translation>L'image sous les polygones des candidates</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>The image under the targets' polygons</source>
   <translation>L'image sous les polygones des cibles</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>What the matrix says</source>
   <translation>Ce que dit la matrice</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>or candidates: polygons over an image</source>
   <translation>ou candidates : des polygones sur une image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>or targets: polygons over an image</source>
   <translation>ou cibles : des polygones sur une image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_matrix.py" />
   <source>{name} has no CRS: polygons have no place on it.</source>
   <translation>{name} n'a pas de SCR : des polygones n'y ont pas de lieu.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Assign its CRS, or give the image as TARGETS.</source>
   <translation>Attribuez-lui son SCR, ou donnez l'image comme TARGETS.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Choose a mosaic of Mars.</source>
   <translation>Choisissez une mosaïque de Mars.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Choose the image that the targets lie on.</source>
   <translation>Choisissez l'image où se trouvent les cibles.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Choose the image to search.</source>
   <translation>Choisissez l'image à explorer.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Distance</source>
   <translation>Distance</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Distance of the best match</source>
   <translation>Distance de la meilleure correspondance</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Edge of a chip of ground, in metres (empty: by the targets)</source>
   <translation>Côté d'une vignette de sol, en mètres (vide : d'après les cibles)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Edge of those targets, in metres</source>
   <translation>Côté de ces cibles, en mètres</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Field with the targets' names (empty: name, where there is one)</source>
   <translation>Champ avec les noms des cibles (vide : name, s'il existe)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Give exactly one: TARGETS (images), TARGET_AREAS (polygons over TARGET_IMAGE), or PAPER_TARGET.</source>
   <translation>Donnez-en un seul : TARGETS (images), TARGET_AREAS (polygones sur TARGET_IMAGE) ou PAPER_TARGET.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Image to search (of any body: file, tile layer, or address)</source>
   <translation>Image à explorer (de n'importe quel astre : fichier, couche de tuiles ou adresse)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Index, kept for further searches (empty: beside the matches)</source>
   <translation>Index, gardé pour d'autres recherches (vide : à côté des correspondances)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Metres a pixel of an image to search that has no CRS</source>
   <translation>Mètres par pixel d'une image à explorer sans SCR</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>No SEARCH is given.</source>
   <translation>SEARCH n'est pas donné.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>No target is given.</source>
   <translation>Aucune cible n'est donnée.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Number of matches</source>
   <translation>Nombre de correspondances</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Number of places looked at</source>
   <translation>Nombre de lieux examinés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Number of weak matches</source>
   <translation>Nombre de correspondances faibles</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Picture of the best pairs side by side</source>
   <translation>Image des meilleures paires côte à côte</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Picture of the distances as a surface</source>
   <translation>Image des distances en surface</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Search only in these polygons (or in an extent)</source>
   <translation>Chercher seulement dans ces polygones (ou dans une emprise)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Search only in this extent</source>
   <translation>Chercher seulement dans cette emprise</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Seed of the random places that matches are judged by</source>
   <translation>Graine aléatoire des lieux qui servent à juger les correspondances</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Share of random places as near as the best match, percent</source>
   <translation>Part des lieux au hasard aussi proches que la meilleure correspondance, pour cent</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Step between chips, in metres (empty: half a chip)</source>
   <translation>Pas entre les vignettes, en mètres (vide : une demi-vignette)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>TARGETS and TARGET_IMAGE are given together.</source>
   <translation>TARGETS et TARGET_IMAGE sont donnés ensemble.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>TARGET_IMAGE goes with TARGET_AREAS or PAPER_TARGET.</source>
   <translation>TARGET_IMAGE va avec TARGET_AREAS ou PAPER_TARGET.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>TARGET_IMAGE has no CRS: polygons have no place on it.</source>
   <translation>TARGET_IMAGE n'a pas de SCR : des polygones n'y ont pas de lieu.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>Targets: images of what is looked for</source>
   <translation>Cibles : images de ce qui est cherché</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>The image under the polygons</source>
   <translation>L'image sous les polygones</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>The paper's targets lie on Mars, TARGET_IMAGE on {body}.</source>
   <translation>Les cibles de l'article se trouvent sur Mars, TARGET_IMAGE sur {body}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>What the best match means</source>
   <translation>Ce que la meilleure correspondance signifie</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>or targets of Meng et al. on Mars, over that image</source>
   <translation>ou des cibles de Meng et al. sur Mars, sur cette image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>{names} are given together.</source>
   <translation>{names} sont donnés ensemble.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_similarity.py" />
   <source>{name} is given without TARGET_IMAGE.</source>
   <translation>{name} est donné sans TARGET_IMAGE.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_styles.py" />
   <source>least alike</source>
   <translation>le moins semblable</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_styles.py" />
   <source>most alike</source>
   <translation>le plus semblable</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_styles.py" />
   <source>nearest 1 %</source>
   <translation>le 1 % le plus proche</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_styles.py" />
   <source>nearest 5 %</source>
   <translation>les 5 % les plus proches</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/analogue_styles.py" />
   <source>nearest quarter</source>
   <translation>le quart le plus proche</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/base.py" />
   <source>MARSCD_DEVICE is {preferred}.</source>
   <translation>MARSCD_DEVICE vaut {preferred}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/base.py" />
   <source>Set it to one of {devices}.</source>
   <translation>Donnez-lui l'une des valeurs {devices}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Assign their CRS, or leave AREAS out: each image is a region then.</source>
   <translation>Attribuez-leur leur SCR, ou omettez AREAS : chaque image est alors une région.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Build a data set of chips</source>
   <translation>Construire un jeu de données de vignettes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Chips made of one (1: only itself; 10: the paper's augmentation)</source>
   <translation>Vignettes faites d'une seule (1 : elle-même ; 10 : l'augmentation de l'article)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Chips of each polygon in each image</source>
   <translation>Vignettes de chaque polygone dans chaque image</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Chips without data or texture</source>
   <translation>Vignettes sans données ou sans texture</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Choose the images to cut chips from.</source>
   <translation>Choisissez les images où découper des vignettes.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Edge of a chip of ground, in metres</source>
   <translation>Côté d'une vignette de sol, en mètres</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Fewest groups of a region</source>
   <translation>Plus petit nombre de groupes d'une région</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Field that says which polygons belong together (observation or place)</source>
   <translation>Champ qui dit quels polygones vont ensemble (observation ou lieu)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Field with the regions' names</source>
   <translation>Champ avec les noms des régions</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Folder of the data set</source>
   <translation>Dossier du jeu de données</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Give the polygons that it names.</source>
   <translation>Donnez les polygones qu'il nomme.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Manifest</source>
   <translation>Manifeste</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Metres a pixel of images that have no CRS</source>
   <translation>Mètres par pixel des images sans SCR</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>No image has a CRS: polygons have no place on them.</source>
   <translation>Aucune image n'a de SCR : des polygones n'y ont pas de lieu.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>No image is given.</source>
   <translation>Aucune image n'est donnée.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Number of chips</source>
   <translation>Nombre de vignettes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Number of regions</source>
   <translation>Nombre de régions</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Of them made of others</source>
   <translation>Dont faites à partir d'autres</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Pixels</source>
   <translation>Pixels</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Pixels along the edge of a chip</source>
   <translation>Pixels le long du côté d'une vignette</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Regions: polygons over the images (empty: each image is one)</source>
   <translation>Régions : polygones sur les images (vide : chaque image en est une)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Seed of places and copies</source>
   <translation>Graine aléatoire des lieux et des copies</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>Without that field, chips belong together by</source>
   <translation>Sans ce champ, les vignettes vont ensemble par</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>{name} is given without AREAS.</source>
   <translation>{name} est donné sans AREAS.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_chip_dataset.py" />
   <source>{name}: {chips} chips in {groups} groups</source>
   <translation>{name} : {chips} vignettes en {groups} groupes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>After: of the best pair to compare</source>
   <translation>Après : de la paire qui se compare le mieux</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Base map: where the series is to lie (empty: where the reference says)</source>
   <translation>Carte de base : où la série doit se trouver (vide : là où le dit la référence)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Before: of the best pair to compare</source>
   <translation>Avant : de la paire qui se compare le mieux</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Build series</source>
   <translation>Construire une série</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Folder of the fetched files</source>
   <translation>Dossier des fichiers téléchargés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Give the folder of fetched files, your own rasters, or both.</source>
   <translation>Donnez le dossier des fichiers téléchargés, vos propres rasters, ou les deux.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Make shadows nodata (else they are only marked in the masks)</source>
   <translation>Mettre les ombres en nodata (sinon elles ne sont que marquées dans les masques)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Neither FOLDER nor IMAGES is given.</source>
   <translation>Ni FOLDER ni IMAGES n'est donné.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Number of epochs</source>
   <translation>Nombre d'époques</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Observations (which of the fetched; empty: all in the folder)</source>
   <translation>Observations (lesquelles des téléchargées ; vide : toutes celles du dossier)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Pixel size in metres (empty: the coarsest product's)</source>
   <translation>Taille de pixel en mètres (vide : celle du produit le plus grossier)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Rasters of your own: instead of the fetched files, or with them</source>
   <translation>Vos propres rasters : à la place des fichiers téléchargés, ou avec eux</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Reference (a product id, or one of the rasters; empty: chosen)</source>
   <translation>Référence (un identifiant de produit, ou l'un des rasters ; vide : choisie)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Registration report</source>
   <translation>Rapport de recalage</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>STAC catalogue</source>
   <translation>Catalogue STAC</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Terrain model in metres (for cast shadows, slopes and parallax)</source>
   <translation>Modèle de terrain en mètres (pour ombres portées, pentes et parallaxe)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Their dates: UTC, in the same order, separated by ;</source>
   <translation>Leurs dates : UTC, dans le même ordre, séparées par ;</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Time series</source>
   <translation>Série temporelle</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/date_styles.py" />
   <source>1 date</source>
   <translation>1 date</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/date_styles.py" />
   <source>no change</source>
   <translation>pas de changement</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/date_styles.py" />
   <source>{count} dates</source>
   <translation>{count} dates</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Change</source>
   <translation>Changement</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Change mask</source>
   <translation>Masque de changement</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Change probability</source>
   <translation>Probabilité de changement</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Changed area in square metres</source>
   <translation>Surface changée en mètres carrés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>False alarms to be expected per square kilometre</source>
   <translation>Fausses alertes à attendre par kilomètre carré</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Kind of change (of a model that tells kinds)</source>
   <translation>Genre de changement (d'un modèle qui les distingue)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Model (a bundled name, or an .onnx file)</source>
   <translation>Modèle (un nom fourni, ou un fichier .onnx)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Number of changes</source>
   <translation>Nombre de changements</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Only in this extent</source>
   <translation>Seulement dans cette emprise</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Register AFTER on BEFORE first</source>
   <translation>Recaler d'abord AFTER sur BEFORE</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Smallest change, in square metres</source>
   <translation>Plus petit changement, en mètres carrés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Terrain model in metres (for slopes of the changes)</source>
   <translation>Modèle de terrain en mètres (pour les pentes des changements)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>The same per megapixel</source>
   <translation>De même par mégapixel</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Threshold (empty: the model's)</source>
   <translation>Seuil (vide : celui du modèle)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Threshold that was used</source>
   <translation>Seuil utilisé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Wished false alarms per square kilometre, instead of a threshold (empty: the threshold decides)</source>
   <translation>Fausses alertes voulues par kilomètre carré, au lieu d'un seuil (vide : le seuil décide)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>Also draw what one image alone shows</source>
   <translation>Dessiner aussi ce qu'une seule image montre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>Curve</source>
   <translation>Courbe</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>Detect changes over a series</source>
   <translation>Détecter les changements sur une série</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>Images that as a whole look unlike the others</source>
   <translation>Images différentes des autres dans l'ensemble</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>Number of pairs that were compared</source>
   <translation>Nombre de paires comparées</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>Series (the folder that buildseries made)</source>
   <translation>Série (le dossier fait par buildseries)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>Threshold that was used (of pairs: the middle one)</source>
   <translation>Seuil utilisé (pour des paires : celui du milieu)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_series_changes.py" />
   <source>What counts as there: the darker state, the brighter, or what the first date was not</source>
   <translation>Ce qui compte comme présent : l'état plus sombre, le plus clair, ou ce que la première date n'était pas</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Accuracy</source>
   <translation>Exactitude</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Average precision (of a probability)</source>
   <translation>Précision moyenne (d'une probabilité)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Balanced accuracy (mean of the two)</source>
   <translation>Exactitude équilibrée (moyenne des deux)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Evaluate changes</source>
   <translation>Évaluer des changements</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>F1</source>
   <translation>F1</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>F1 within a pixel</source>
   <translation>F1 à un pixel près</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>False changes (of 4 pixels or more)</source>
   <translation>Faux changements (de 4 pixels ou plus)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>False-positive rate</source>
   <translation>Taux de faux positifs</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Intersection over union</source>
   <translation>Intersection sur union</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Object F1</source>
   <translation>F1 par objet</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Object precision (share of found changes that are true)</source>
   <translation>Précision par objet (part de vrais parmi les changements trouvés)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Object recall (share of true changes that were found)</source>
   <translation>Rappel par objet (part des vrais changements trouvés)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Precision (share of what was found that is true)</source>
   <translation>Précision (part de vrai dans ce qui fut trouvé)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Precision within a pixel</source>
   <translation>Précision à un pixel près</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Predicted change: mask or probability</source>
   <translation>Changement prédit : masque ou probabilité</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Probability from which a pixel counts as changed</source>
   <translation>Probabilité à partir de laquelle un pixel compte comme changé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Sensitivity (share of true change that was found)</source>
   <translation>Sensibilité (part des vrais changements trouvée)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Sensitivity within a pixel</source>
   <translation>Sensibilité à un pixel près</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Specificity (share of unchanged ground left alone)</source>
   <translation>Spécificité (part du sol inchangé laissée en paix)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>True change</source>
   <translation>Changement vrai</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>True changes (of 4 pixels or more)</source>
   <translation>Vrais changements (de 4 pixels ou plus)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Where to compare</source>
   <translation>Où comparer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>At most so many megabytes</source>
   <translation>Au plus tant de mégaoctets</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>At most so many products</source>
   <translation>Au plus tant de produits</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>CTX images as maps (made by ASU when asked: slow), raw, or both</source>
   <translation>Images CTX en cartes (faites par l'ASU sur demande : lent), brutes, ou les deux</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Fetch observations</source>
   <translation>Télécharger des observations</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Files that are whole in the folder</source>
   <translation>Fichiers entiers dans le dossier</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Files that failed</source>
   <translation>Fichiers en échec</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Folder for the files</source>
   <translation>Dossier pour les fichiers</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Observations (footprints)</source>
   <translation>Observations (empreintes)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Of HiRISE images only the part that the area needs is fetched, of others the whole; what does not touch the area is left out.</source>
   <translation>Des images HiRISE, seule la partie utile à la zone est téléchargée ; des autres, le tout ; ce qui ne touche pas la zone est écarté.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Report: one row a file</source>
   <translation>Rapport : une ligne par fichier</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>AREA</source>
   <translation>AREA</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>AREA {layer} cannot be opened as a polygon layer.</source>
   <translation>AREA {layer} ne s'ouvre pas comme couche de polygones.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>AREA {layer} holds no polygon.</source>
   <translation>AREA {layer} ne contient aucun polygone.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Area: a polygon layer</source>
   <translation>Zone : une couche de polygones</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Area: an extent (across 180 degrees: 170,190,...)</source>
   <translation>Zone : une emprise (à travers 180 degrés : 170,190,...)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Give it in a CRS of Mars, for example IAU_2015:49900.</source>
   <translation>Donnez-le dans un SCR de Mars, par exemple IAU_2015:49900.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Give one: a polygon layer, or an extent such as 202.0,202.6,-41.9,-41.3.</source>
   <translation>Donnez-en un : une couche de polygones, ou une emprise comme 202.0,202.6,-41.9,-41.3.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Mars's own is IAU_2015:49900.</source>
   <translation>Celui de Mars est IAU_2015:49900.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Neither AREA nor EXTENT is given.</source>
   <translation>Ni AREA ni EXTENT n'est donné.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Save it as a GeoTIFF first.</source>
   <translation>Enregistrez-la d'abord en GeoTIFF.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Set its CRS to one of Mars, for example IAU_2015:49900.</source>
   <translation>Donnez-lui un SCR de Mars, par exemple IAU_2015:49900.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Write west,east,south,north, for example 202.0,202.6,-41.9,-41.3.</source>
   <translation>Écrivez ouest,est,sud,nord, par exemple 202.0,202.6,-41.9,-41.3.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>only there</source>
   <translation>seulement là</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>or an extent</source>
   <translation>ou une emprise</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>{name} names an unknown CRS: {crs}.</source>
   <translation>{name} nomme un SCR inconnu : {crs}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>{name} {value} is neither four numbers nor a layer.</source>
   <translation>{name} {value} n'est ni quatre nombres ni une couche.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>{name} {value} is not four numbers.</source>
   <translation>{name} {value} n'est pas quatre nombres.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>{what} does not say which body it lies on: read as planetocentric, east-positive degrees of Mars.</source>
   <translation>{what} ne dit pas sur quel astre il se trouve : lu en degrés planétocentriques de Mars, positifs vers l'est.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>{what} has no CRS that names a body.</source>
   <translation>{what} n'a pas de SCR qui nomme un astre.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>{what} lies on {body} ({crs}).</source>
   <translation>{what} se trouve sur {body} ({crs}).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/install_models.py" />
   <source>Folder of the models</source>
   <translation>Dossier des modèles</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/install_models.py" />
   <source>Installed into {folder}: {names}</source>
   <translation>Installé dans {folder} : {names}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/install_models.py" />
   <source>Number of models installed</source>
   <translation>Nombre de modèles installés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/install_models.py" />
   <source>marscd_models-&lt;version&gt;.zip (empty: fetched from the plugin's release)</source>
   <translation>marscd_models-&lt;version&gt;.zip (vide : pris dans la version publiée de l'extension)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/monitor_area.py" />
   <source>Folder that keeps everything</source>
   <translation>Dossier qui garde tout</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/monitor_area.py" />
   <source>Give a name that ends in {wanted}.</source>
   <translation>Donnez un nom qui finit par {wanted}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/monitor_area.py" />
   <source>Monitor an area</source>
   <translation>Surveiller une zone</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/monitor_area.py" />
   <source>Terrain model in metres (for cast shadows and parallax, and slopes of the changes)</source>
   <translation>Modèle de terrain en mètres (pour les ombres portées, la parallaxe et les pentes des changements)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/monitor_area.py" />
   <source>{name} cannot be written to {place}.</source>
   <translation>{name} ne peut pas être écrit dans {place}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/observations.py" />
   <source>Row {row} of OBSERVATIONS has no {name}.</source>
   <translation>La ligne {row} de OBSERVATIONS n'a pas de {name}.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/observations.py" />
   <source>Use a layer made by searchobservations (columns: {columns}).</source>
   <translation>Utilisez une couche faite par searchobservations (colonnes : {columns}).</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>At most so many pairs, the best</source>
   <translation>Au plus tant de paires, les meilleures</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>Least overlap (share of the smaller footprint)</source>
   <translation>Recouvrement minimal (part de la plus petite empreinte)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>Least overlap within a series (share)</source>
   <translation>Recouvrement minimal au sein d'une série (part)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>Least score (0 to 1)</source>
   <translation>Note minimale (de 0 à 1)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>Number of pairs</source>
   <translation>Nombre de paires</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>Number of series</source>
   <translation>Nombre de séries</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>Pairs (the ground that both show)</source>
   <translation>Paires (le sol que montrent les deux)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/plan_pairs.py" />
   <source>{rank}. {before} with {after}: {score} ({reasons})</source>
   <translation>{rank}. {before} avec {after} : {score} ({reasons})</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>A site has no geometry.</source>
   <translation>Un site n'a pas de géométrie.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>A source counts where it covers this share of a site, 0 to 1</source>
   <translation>Une source compte si elle couvre cette part d'un site, de 0 à 1</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>A spectral index above this counts as there</source>
   <translation>Un indice spectral au-dessus de cela compte comme présent</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>CRISM cubes (.lbl of MTRDR) or rasters of spectral indices</source>
   <translation>Cubes CRISM (.lbl de MTRDR) ou rasters d'indices spectraux</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Candidate sites on Mars: matches, or any points or polygons</source>
   <translation>Sites candidats sur Mars : correspondances, ou n'importe quels points ou polygones</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Edge of a site that is a point, in metres (empty: the match's own)</source>
   <translation>Côté d'un site donné par un point, en mètres (vide : celui de la correspondance)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Field with the sites' names (empty: name, where there is one)</source>
   <translation>Champ avec les noms des sites (vide : name, s'il existe)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>First site of the order</source>
   <translation>Premier site de l'ordre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Ground below this counts as low, metres</source>
   <translation>Un sol en dessous de cela compte comme bas, mètres</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Ground steeper than this counts as steep, degrees</source>
   <translation>Un sol plus pentu que cela compte comme raide, degrés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Length that slopes are taken over, in metres (empty: 2 pixels)</source>
   <translation>Longueur sur laquelle les pentes sont prises, en mètres (vide : 2 pixels)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Length that slopes were taken over, metres</source>
   <translation>Longueur sur laquelle les pentes ont été prises, mètres</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>MATCHES {layer} cannot be opened as a layer.</source>
   <translation>MATCHES {layer} ne s'ouvre pas comme couche.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Minerals whose share of the ground counts in the order</source>
   <translation>Minéraux dont la part du sol compte dans l'ordre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Number of sites</source>
   <translation>Nombre de sites</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Ranked sites</source>
   <translation>Sites classés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Remove it, or draw it.</source>
   <translation>Enlevez-le, ou dessinez-le.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Sites that CRISM covers</source>
   <translation>Sites que couvre CRISM</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Sites that the terrain model covers</source>
   <translation>Sites que couvre le modèle de terrain</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Table</source>
   <translation>Tableau</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Terrain model in metres</source>
   <translation>Modèle de terrain en mètres</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Weight of the elevation</source>
   <translation>Poids de l'altitude</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Weight of the likeness to the target</source>
   <translation>Poids de la ressemblance à la cible</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Weight of the minerals</source>
   <translation>Poids des minéraux</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>Weight of the slope</source>
   <translation>Poids de la pente</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>match {rank}</source>
   <translation>correspondance {rank}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>site {number}</source>
   <translation>site {number}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/rank_landing_sites.py" />
   <source>{count} rejected matches are left out.</source>
   <translation>{count} correspondances rejetées sont écartées.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Give the MATCHES layer that analoguesimilarity wrote.</source>
   <translation>Donnez la couche MATCHES qu'analoguesimilarity a écrite.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Index that the search kept</source>
   <translation>Index que la recherche a gardé</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Matches of the search that is refined (empty: those judged, else the latest of the index)</source>
   <translation>Correspondances de la recherche à affiner (vide : celles jugées, sinon les dernières de l'index)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Matches that were judged (field verdict: accepted or rejected)</source>
   <translation>Correspondances jugées (champ verdict : accepted ou rejected)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>More like these (numbers of the field index: 3,17)</source>
   <translation>Plus comme celles-ci (numéros du champ index : 3,17)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Not like these (numbers: 5)</source>
   <translation>Pas comme celles-ci (numéros : 5)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Number of accepted places</source>
   <translation>Nombre de lieux acceptés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Number of rejected places</source>
   <translation>Nombre de lieux rejetés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>Refine analogues</source>
   <translation>Affiner des analogues</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>The searched image, where it lies elsewhere now</source>
   <translation>L'image explorée, si elle se trouve ailleurs à présent</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>VERDICTS {layer} cannot be opened as a point layer.</source>
   <translation>VERDICTS {layer} ne s'ouvre pas comme couche de points.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>VERDICTS {layer} has no fields index and verdict.</source>
   <translation>VERDICTS {layer} n'a pas les champs index et verdict.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/refine_analogues.py" />
   <source>What earlier rounds accepted and rejected counts too</source>
   <translation>Ce que les tours précédents ont accepté et rejeté compte aussi</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Image to lay on it</source>
   <translation>Image à poser dessus</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Number of tie points</source>
   <translation>Nombre de points de liaison</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Reference image</source>
   <translation>Image de référence</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Register images</source>
   <translation>Recaler des images</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Registered image, on the reference's grid</source>
   <translation>Image recalée, sur la grille de la référence</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Residual of tie points left out of the fit (pixels)</source>
   <translation>Résidu des points de liaison laissés hors de l'ajustement (pixels)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Shift in x (pixels)</source>
   <translation>Décalage en x (pixels)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Shift in y (pixels)</source>
   <translation>Décalage en y (pixels)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Tie points with residuals</source>
   <translation>Points de liaison avec résidus</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Instruments</source>
   <translation>Instruments</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Largest incidence angle (degrees; how far the sun is from overhead)</source>
   <translation>Angle d'incidence maximal (degrés ; écart du soleil à la verticale)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Mars Years (30-31, or 28,31; empty: all)</source>
   <translation>Années martiennes (30-31, ou 28,31 ; vide : toutes)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Not after (UTC)</source>
   <translation>Pas après (UTC)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Not before (UTC)</source>
   <translation>Pas avant (UTC)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Number of products found</source>
   <translation>Nombre de produits trouvés</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Search observations</source>
   <translation>Chercher des observations</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Solar longitude Ls in degrees (250-350; 330-30 wraps; empty: all)</source>
   <translation>Longitude solaire Ls en degrés (250-350 ; 330-30 traverse le nouvel an ; vide : toutes)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Where to search</source>
   <translation>Où chercher</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Which CRISM products (MTRDR are maps; TER and TRDR are in the sensor's own geometry)</source>
   <translation>Quels produits CRISM (MTRDR sont des cartes ; TER et TRDR sont dans la géométrie du capteur)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Which sources answered, and why others did not</source>
   <translation>Quelles sources ont répondu, et pourquoi d'autres non</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Also count what one image alone shows</source>
   <translation>Compter aussi ce qu'une seule image montre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Both POLYGONS and CURVE are given.</source>
   <translation>POLYGONS et CURVE sont donnés tous les deux.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Changes of a series or of pairs (all, selected or filtered); or a curve</source>
   <translation>Changements d'une série ou de paires (tous, sélectionnés ou filtrés) ; ou une courbe</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Curve that detectserieschanges wrote</source>
   <translation>Courbe écrite par detectserieschanges</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Drawing</source>
   <translation>Dessin</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Give a file name that ends in .csv.</source>
   <translation>Donnez un nom de fichier qui finit par .csv.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Largest changed area at one date</source>
   <translation>Plus grande surface changée à une date</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Neither POLYGONS nor CURVE is given.</source>
   <translation>Ni POLYGONS ni CURVE n'est donné.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Number of Mars Years</source>
   <translation>Nombre d'années martiennes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>POLYGONS {layer} cannot be opened as a polygon layer.</source>
   <translation>POLYGONS {layer} ne s'ouvre pas comme couche de polygones.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>SVG files (*.svg)</source>
   <translation>Fichiers SVG (*.svg)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>TABLE is not given.</source>
   <translation>TABLE n'est pas donné.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/seasonal_curve.py" />
   <source>Title</source>
   <translation>Titre</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Choose a cube.</source>
   <translation>Choisissez un cube.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Cube with wavelengths: raster, or a CRISM label (.lbl)</source>
   <translation>Cube avec longueurs d'onde : raster, ou étiquette CRISM (.lbl)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Indices</source>
   <translation>Indices</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Indices, one band each</source>
   <translation>Indices, une bande chacun</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>JSON files (*.json)</source>
   <translation>Fichiers JSON (*.json)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>No INPUT is given.</source>
   <translation>INPUT n'est pas donné.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Number of indices</source>
   <translation>Nombre d'indices</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Products</source>
   <translation>Produits</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Spectral indices of minerals</source>
   <translation>Indices spectraux de minéraux</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>Statistics</source>
   <translation>Statistiques</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>median {median:.4f}, 99 % below {high:.4f}</source>
   <translation>médiane {median:.4f}, 99 % au-dessous de {high:.4f}</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/spectral_indices.py" />
   <source>no valid pixel</source>
   <translation>aucun pixel valide</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Chips in the data set</source>
   <translation>Vignettes dans le jeu de données</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Chips of a region and body that the paper's network learns from</source>
   <translation>Vignettes d'une région et d'un astre dont apprend le réseau de l'article</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Chips that were held out</source>
   <translation>Vignettes tenues à part</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Data set: a folder with one sub-folder of chips a region</source>
   <translation>Jeu de données : un dossier avec un sous-dossier de vignettes par région</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Epochs</source>
   <translation>Époques</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Epochs (empty: as many as the network's recipe has)</source>
   <translation>Époques (vide : autant que la recette du réseau)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Groups that were held out</source>
   <translation>Groupes tenus à part</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Mean average precision of the bundled model on the same chips</source>
   <translation>Moyenne des précisions moyennes du modèle fourni sur les mêmes vignettes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Mean average precision on held-out groups</source>
   <translation>Moyenne des précisions moyennes sur les groupes tenus à part</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Network: that of Meng et al., or an embedding by metric learning</source>
   <translation>Réseau : celui de Meng et al., ou une représentation par apprentissage de métrique</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>New model</source>
   <translation>Nouveau modèle</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Pair accuracy on held-out groups</source>
   <translation>Exactitude par paire sur les groupes tenus à part</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Pair accuracy on the paper's own split of 9 to 1 (PAPER only)</source>
   <translation>Exactitude par paire sur le partage de 9 pour 1 de l'article (PAPER seulement)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Recall@1 of guessing</source>
   <translation>Rappel@1 du hasard</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Recall@1 of the bundled model on the same chips</source>
   <translation>Rappel@1 du modèle fourni sur les mêmes vignettes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Recall@1 on held-out groups</source>
   <translation>Rappel@1 sur les groupes tenus à part</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Recall@5 of the bundled model on the same chips</source>
   <translation>Rappel@5 du modèle fourni sur les mêmes vignettes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Recall@5 on held-out groups</source>
   <translation>Rappel@5 sur les groupes tenus à part</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Regions of which nothing could be held out</source>
   <translation>Régions dont rien n'a pu être tenu à part</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Seed</source>
   <translation>Graine aléatoire</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Share of the groups kept for judging (0: none)</source>
   <translation>Part des groupes gardée pour évaluer (0 : aucun)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>Teach an analogue model</source>
   <translation>Instruire un modèle d'analogues</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_analogue_model.py" />
   <source>The new model's name</source>
   <translation>Nom du nouveau modèle</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>After, on the same grid</source>
   <translation>Après, sur la même grille</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>Give FOLDER alone, or BEFORE, AFTER and LABELS together.</source>
   <translation>Donnez FOLDER seul, ou BEFORE, AFTER et LABELS ensemble.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>It is not clear what to learn from.</source>
   <translation>Ce dont il faut apprendre n'est pas clair.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>Job folder, or folder of compared pairs, with verdicts</source>
   <translation>Dossier de travail, ou de paires comparées, avec des verdicts</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>LABELS {layer} cannot be opened as a polygon layer.</source>
   <translation>LABELS {layer} ne s'ouvre pas comme couche de polygones.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>Model to start from (a bundled name, or an .onnx file)</source>
   <translation>Modèle de départ (un nom fourni, ou un fichier .onnx)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>Outlines (field verdict: accepted or rejected; without it each is a change)</source>
   <translation>Contours (champ verdict : accepted ou rejected ; sans lui, chacun est un changement)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>Share of the verdicts kept for judging</source>
   <translation>Part des verdicts gardée pour évaluer</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>Steps, instead of a time (for a run that can be repeated)</source>
   <translation>Pas, au lieu d'un temps (pour une exécution reproductible)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>The pairs were looked through wholly: what has no outline is no change</source>
   <translation>Les paires ont été parcourues en entier : ce qui n'a pas de contour n'est pas un changement</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>Time to learn, in minutes</source>
   <translation>Temps d'apprentissage, en minutes</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/train_change_model.py" />
   <source>or one pair: before</source>
   <translation>ou une paire : avant</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>A table brought by hand (RDRCUMINDEX.TAB or cumindex.tab; no network is used)</source>
   <translation>Une table apportée à la main (RDRCUMINDEX.TAB ou cumindex.tab ; sans réseau)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Address of the table (empty: the archive's own; for one instrument)</source>
   <translation>Adresse de la table (vide : celle de l'archive ; pour un seul instrument)</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Both URL and TABLE are given.</source>
   <translation>URL et TABLE sont donnés tous les deux.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Choose HIRISE, CTX or both.</source>
   <translation>Choisissez HIRISE, CTX ou les deux.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Folder of the index</source>
   <translation>Dossier de l'index</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Give one of them.</source>
   <translation>Donnez l'un des deux.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Indexes that are new</source>
   <translation>Index nouveaux</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>No instrument is chosen.</source>
   <translation>Aucun instrument n'est choisi.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Products in the index</source>
   <translation>Produits dans l'index</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Rows left out</source>
   <translation>Lignes écartées</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>URL and TABLE are of one instrument, and {count} are chosen.</source>
   <translation>URL et TABLE sont d'un seul instrument, et {count} sont choisis.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Update one after the other.</source>
   <translation>Mettez-les à jour l'un après l'autre.</translation>
  </message>
  <message>
   <location filename="../marscd_plugin/processing/update_index.py" />
   <source>Update the offline index</source>
   <translation>Mettre à jour l'index hors ligne</translation>
  </message>
 </context>
</TS>
