#!/usr/bin/env bash
# Makes this machine able to run MarsCD: QGIS >= 3.40 with GDAL's Python from Debian's packages, and build/venv with the
# pinned Python packages. Safe to run again: what stands is left alone, and a second run takes a second.
#
#   tools/setup.sh run     what the plugin needs to work
#   tools/setup.sh test    that, and what its tests, linters, training and benchmarks need
set -euo pipefail
cd "$(dirname "$0")/.."
profile=${1:-run}
case $profile in run | test) ;; *) echo "setup: unknown profile '$profile' (run or test)" >&2; exit 2 ;; esac

say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else die "installing Debian packages needs root: run this as root, or install sudo"; fi
}

installed() { dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }

qgis_ready() {
    local version
    version=$(dpkg-query -W -f='${Version}' python3-qgis 2>/dev/null) || return 1
    dpkg --compare-versions "$version" ge 3.40
}

# qttools5-dev-tools compiles the translations.
packages=(qgis python3-qgis python3-gdal gdal-bin python3-venv python3-pip fonts-dejavu-core ca-certificates qttools5-dev-tools)
# A screen that is not there, for the tests of the window.
if [ "$profile" = test ]; then packages+=(xvfb xauth); fi

missing=()
for package in "${packages[@]}"; do installed "$package" || missing+=("$package"); done
qgis_ready || missing+=(qgis python3-qgis)

if [ ${#missing[@]} -gt 0 ]; then
    command -v apt-get >/dev/null || die "this set-up knows Debian only; install QGIS >= 3.40 with its Python and GDAL by hand, then see docs/install.md"
    say "installing Debian packages: ${missing[*]}"
    if ! qgis_ready; then
        # The release's own QGIS is too old; its backports suite, on the mirror this machine already uses, has 3.40.
        [ -x /usr/bin/python3 ] || { as_root apt-get update -q >&2; as_root apt-get install -y -q --no-install-recommends python3 >&2; }
        source_file=$(mktemp)
        /usr/bin/python3 tools/backports.py >"$source_file" || die "no Debian source to derive backports from (see above)"
        if [ -s "$source_file" ]; then
            as_root install -m 644 "$source_file" /etc/apt/sources.list.d/marscd-backports.sources
        fi
        rm -f "$source_file"
    fi
    as_root apt-get update -q >&2 || say "apt-get update met an error; going on with what it could read"
    target=()
    qgis_ready || target=(-t "$(. /etc/os-release && echo "$VERSION_CODENAME")-backports")
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${target[@]}" "${packages[@]}" >&2 ||
        die "apt-get could not install ${missing[*]}: see its message above"
    qgis_ready || die "QGIS $(dpkg-query -W -f='${Version}' python3-qgis 2>/dev/null) is older than 3.40 and no newer one was found"
fi

# Debian's own Python, the one QGIS embeds: another python3 may come first on PATH.
python=/usr/bin/python3
venv=build/venv
numpy_version=$("$python" -c 'import numpy; print(numpy.__version__)')

/usr/bin/python3 tools/translations.py compile || die "the translations could not be compiled (see above)"

# The packages stand when the same pins, Python and numpy made them.
stamp=$(cat pyproject.toml constraints-qgis.txt tools/setup.sh <("$python" -V) <(echo "$numpy_version $profile") | sha256sum | cut -d' ' -f1)
if [ -x "$venv/bin/python" ] && { grep -qsx "$stamp" "$venv/marscd-$profile"; }; then exit 0; fi

mkdir -p build
# numpy 2 would break GDAL's Python bindings, which are built against the host's: pin it to exactly that.
{ cat constraints-qgis.txt; echo "numpy==$numpy_version"; } >build/constraints.txt
[ -x "$venv/bin/python" ] || "$python" -m venv --system-site-packages "$venv"
extras=cpu,registration,analogue
if [ "$profile" = test ]; then
    extras=$extras,dev
    # Only torch's CPU build is wanted; the general one brings gigabytes of CUDA that nothing here uses.
    if "$venv/bin/python" -m pip install -q --dry-run --no-deps --disable-pip-version-check "torch==2.13.0+cpu" >/dev/null 2>&1; then
        extras=$extras,train
    else
        say "torch's CPU build was not found where pip looks: training and its tests are left out"
    fi
fi
if [ -z "${MARSCD_NO_GPU:-}" ] && command -v nvidia-smi >/dev/null && nvidia-smi -L >/dev/null 2>&1; then
    # onnxruntime and onnxruntime-gpu share a module: with both installed the GPU disappears.
    extras=${extras/cpu/gpu}
    "$venv/bin/python" -m pip uninstall -q -y onnxruntime 2>/dev/null || true
else
    "$venv/bin/python" -m pip uninstall -q -y onnxruntime-gpu 2>/dev/null || true
fi
say "installing Python packages into $venv ($extras)"
"$venv/bin/python" -m pip install -q --disable-pip-version-check -c build/constraints.txt -e ".[$extras]" >&2 ||
    die "pip could not install the packages: see its message above"
"$venv/bin/python" -c 'from osgeo import gdal_array' ||
    die "GDAL's Python does not load with the installed numpy: remove $venv and run set-up again"
echo "$stamp" >"$venv/marscd-$profile"
say "ready"
