#!/bin/sh
# Makes ready what ./run and ./test need: the virtual environment, the built front end, the compiled catalogues.
#
#   scripts/bootstrap.sh base|dev     base is what runs; dev is base and what tests.
#
# Does nothing when nothing changed. Needs no root. A .venv or node_modules that is a link belongs to
# somebody else, such as another worktree, and is used as it is.
set -eu
cd "$(dirname "$0")/.."
want=${1:-base}

say() { printf '%s\n' "set-up: $*" >&2; }
fail() {
    say "$*"
    exit 1
}
# A name on PATH may be a shim that fails when run, so ask by running it.
works() { "$@" >/dev/null 2>&1; }
is_root() { [ "$(id -u)" = 0 ]; }
digest() { cat "$@" 2>/dev/null | cksum; }

# --- Python -------------------------------------------------------------------------------------

is_our_python() { works "$1" -c 'import sys, ssl; sys.exit(not (3, 12) <= sys.version_info[:2] < (3, 15))'; }

find_python() {
    # Where there are shims of pyenv, the Pythons they would start lie beside them, whatever HOME says.
    shim=$(command -v python3 || true)
    pyenv=${PYENV_ROOT:-${shim%/shims/*}}
    for python in ${PYTHON:-} python3.13 python3.14 python3.12 python3 python \
        "$pyenv"/versions/3.13.*/bin/python "$pyenv"/versions/3.14.*/bin/python \
        "$pyenv"/versions/3.12.*/bin/python \
        /opt/python*/bin/python3 /usr/local/bin/python3 /usr/bin/python3.1[234]; do
        if is_our_python "$python"; then
            "$python" -c 'import sys; print(sys.executable)'
            return 0
        fi
    done
    works uv --version && uv python find --no-python-downloads '>=3.12,<3.15' 2>/dev/null
}

make_venv() {
    python=$(find_python) ||
        fail "no Python 3.12, 3.13 or 3.14 found. Install one (Debian 13: apt-get install python3-venv) or set PYTHON=/path/to/python."
    say "Python is $python"
    rm -rf .venv
    works "$python" -m venv .venv && return
    rm -rf .venv
    if works uv --version; then
        uv venv -q --python "$python" .venv
    elif is_root && works apt-get --version; then
        say "installing python3-venv"
        apt-get -o DPkg::Lock::Timeout=300 update -q >&2
        apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends python3-venv >&2
        "$python" -m venv .venv
    else
        fail "this Python cannot make virtual environments. Install python3-venv or uv."
    fi
}

install_into() { # venv, lock file
    if works uv --version; then
        uv pip sync -q --python "$1/bin/python" --require-hashes "$2"
    else
        "$1/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$2"
    fi
}

if [ ! -L .venv ]; then
    is_our_python .venv/bin/python || make_venv
    locks=$(digest requirements/base.txt requirements/dev.txt)
    case "$(cat .venv/.installed 2>/dev/null || true)" in
    "$want $locks" | "dev $locks") ;;
    *)
        say "installing Python packages ($want)"
        install_into .venv "requirements/$want.txt"
        echo "$want $locks" >.venv/.installed
        ;;
    esac
fi

# --- front end ----------------------------------------------------------------------------------

is_our_node() {
    works node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' &&
        works npm --version
}

find_node() {
    if [ -x .node-venv/bin/node ]; then PATH="$PWD/.node-venv/bin:$PATH"; fi
    is_our_node && return
    say "no Node.js 20.19 or newer on PATH: installing one for this project"
    rm -rf .node-venv
    works .venv/bin/python -m venv .node-venv || uv venv -q --python .venv/bin/python .node-venv
    install_into .node-venv requirements/node.txt
    PATH="$PWD/.node-venv/bin:$PATH"
}

frontend_sources() {
    find frontend/islands frontend/styles frontend/templates -type f ! -name '*.test.ts' 2>/dev/null | LC_ALL=C sort
    ls frontend/icons.mjs package.json package-lock.json vite.config.ts
}

built=frontend/static/frontend/.built
# shellcheck disable=SC2046 -- no name among the sources has a space.
sources=$(digest $(frontend_sources))
if [ "$(cat $built 2>/dev/null || true)" != "$sources" ] || [ ! -e node_modules/.bin/vite ]; then
    find_node
    packages=$(digest package-lock.json)
    if [ ! -L node_modules ] && [ "$(cat node_modules/.installed 2>/dev/null || true)" != "$packages" ]; then
        say "installing JavaScript packages"
        npm ci --loglevel=error >&2
        echo "$packages" >node_modules/.installed
    fi
    say "building the front end"
    npm run -s build >&2
    echo "$sources" >$built
fi

# --- catalogues ---------------------------------------------------------------------------------

for po in locale/*/LC_MESSAGES/*.po; do
    if [ -e "$po" ] && [ ! "${po%.po}.mo" -nt "$po" ]; then
        .venv/bin/python scripts/messages.py compile
        break
    fi
done
