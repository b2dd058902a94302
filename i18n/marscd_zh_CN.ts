<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>MarsCD</name>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Area</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Bring the chosen images to this computer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Changes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Compare two dates and look through what changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Fetch</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Find</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Lay the images on each other; blink, swipe, follow a point through time</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>MarsCD</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Series</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Steps</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>What was seen there, and when: seasons, search, footprints</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/dock.py" />
   <source>Where on Mars: start a Mars project, find a place, draw an area</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/help.py" />
   <source>Help</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/help.py" />
   <source>MarsCD help</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/help.py" />
   <source>There is no help for this page yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/jobs.py" />
   <source>The parameters do not fit.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/gui/jobs.py" />
   <source>The step failed without saying why; see QGIS's log.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>After: of the best pair to compare</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Before: of the best pair to compare</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Build series</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Folder of the fetched files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Number of epochs</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Observations (which of the fetched; empty: all in the folder)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Pixel size in metres (empty: the coarsest product's)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Rasters of your own: instead of the fetched files, or with them</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Reference (a product id, or one of the rasters; empty: chosen)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Registration report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>STAC catalogue</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Their dates: UTC, in the same order, separated by ;</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/build_series.py" />
   <source>Time series</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>After</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Before</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Change</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Change mask</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Change probability</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Changed area in square metres</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Detect changes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Device that ran</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Model (a bundled name, or an .onnx file)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Number of changes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Only in this extent</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Register AFTER on BEFORE first</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Run on</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Smallest change, in square metres</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/detect_changes.py" />
   <source>Threshold (empty: the model's)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Accuracy</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Average precision (of a probability)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Balanced accuracy (mean of the two)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Evaluate changes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>F1</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>False-positive rate</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>HTML files (*.html)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Intersection over union</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Precision (share of what was found that is true)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Predicted change: mask or probability</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Probability from which a pixel counts as changed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Report</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Sensitivity (share of true change that was found)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Specificity (share of unchanged ground left alone)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>True change</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/evaluate_changes.py" />
   <source>Where to compare</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>At most so many megabytes</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>At most so many products</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Fetch observations</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Files that are whole in the folder</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Files that failed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Folder for the files</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Observations (footprints)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/fetch_observations.py" />
   <source>Report: one row a file</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>AREA</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Area: a polygon layer</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>Area: an extent (across 180 degrees: 170,190,...)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>only there</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/inputs.py" />
   <source>or an extent</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/install_models.py" />
   <source>Folder of the models</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/install_models.py" />
   <source>Install models</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/install_models.py" />
   <source>Number of models installed</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/install_models.py" />
   <source>marscd_models-&lt;version&gt;.zip (empty: fetched from the plugin's release)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/monitor_area.py" />
   <source>Folder that keeps everything</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/monitor_area.py" />
   <source>Monitor an area</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Image to lay on it</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Number of tie points</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Reference image</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Register images</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Registered image, on the reference's grid</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Residual of tie points left out of the fit (pixels)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Shift in x (pixels)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Shift in y (pixels)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/register_images.py" />
   <source>Tie points with residuals</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Footprints</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Instruments</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Largest incidence angle (degrees; how far the sun is from overhead)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Mars Years (30-31, or 28,31; empty: all)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Not after (UTC)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Not before (UTC)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Number of products found</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Search observations</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Solar longitude Ls in degrees (250-350; 330-30 wraps; empty: all)</source>
   <translation type="unfinished" />
  </message>
  <message>
   <location filename="../marscd_plugin/processing/search_observations.py" />
   <source>Where to search</source>
   <translation type="unfinished" />
  </message>
 </context>
</TS>
