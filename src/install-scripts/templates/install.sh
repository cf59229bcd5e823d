#!/bin/sh
# Installs one release of a Python program into an environment of its own, and puts its commands
# into a folder for commands. Needs no root. What is installed has the SHA-256 below, or nothing is.
set -eu
# Lists hold one thing a line: paths may have spaces.
IFS='
'

# --- values: written when the release was made ---
NAME='quayside'
VERSION='0.0.0'
WHEEL='quayside-0.0.0-py3-none-any.whl'
SHA256='0000000000000000000000000000000000000000000000000000000000000000'
COMMANDS='quayside'
PYTHON='>=3.9'
PYTHONS='3.9.0-3.39.39'
REQUIREMENTS='example>=1
example-for-old-pythons; python_version < "3.10"'
ASSETS=''
# --- end of the values ---

usage() {
  cat <<END
Installs $NAME $VERSION, for Python ${PYTHON:-3}.

  sh install.sh [OPTION...]

  --prefix FOLDER  install into FOLDER/share and FOLDER/bin; the default is
                   \${XDG_DATA_HOME:-~/.local/share} and ~/.local/bin
  --from FOLDER    take the wheel from FOLDER, and dependencies too where they are there
  --offline        use no network: everything is in FOLDER, or beside this script
  --index URL      take $NAME from this package index, its dependencies from the usual one
  --mirror URL     take everything from this package index
  --uninstall      remove what this script installed
  --version        print what this script installs
  --help           print this

Without an option, the wheel comes from the folder of this script, else from the files of the
release, else from the index that uv or pip is set up for. It is refused unless it has the SHA-256
$SHA256
END
}

main() {
  prefix='' from='' index='' mirror='' offline='' action=install
  while [ $# -gt 0 ]; do
    case $1 in
      --prefix | --from | --index | --mirror)
        [ -n "${2-}" ] || misused "$1 needs a value"
        case $1 in
          --prefix) prefix=$2 ;;
          --from) from=$2 ;;
          --index) index=$2 ;;
          --mirror) mirror=$2 ;;
        esac
        shift
        ;;
      --prefix=* | --from=* | --index=* | --mirror=*)
        option=${1%%=*} value=${1#*=}
        shift
        set -- "$option" "$value" "$@"
        continue
        ;;
      --offline) offline=yes ;;
      --uninstall) action=uninstall ;;
      --version) echo "$NAME $VERSION" && exit ;;
      --help | -h) usage && exit ;;
      *) misused "there is no option $1" ;;
    esac
    shift
  done
  [ -z "$index$mirror" ] || [ -z "$from$offline" ] || misused "--index and --mirror are for the network, --from and --offline are not"
  [ -z "$index" ] || [ -z "$mirror" ] || misused "--mirror is an index for everything: give that or --index"
  choose_places
  "$action"
}

# Everything below $app is this script's own. Its parent may hold what the program itself keeps.
choose_places() {
  if [ -n "$prefix" ]; then
    prefix=$(absolute "$prefix") share=$prefix/share bin=$prefix/bin
  else
    [ -n "${HOME-}" ] || die "HOME is not set. Give the place with --prefix FOLDER."
    share=${XDG_DATA_HOME:-$HOME/.local/share} bin=$HOME/.local/bin
  fi
  app=$share/$NAME/install
  env=$app/$VERSION
}

install() {
  find_hasher
  start_folder
  if [ -e "$env/.complete" ]; then
    say "is installed already, in $env"
  else
    refuse_foreign_commands
    obtain_wheel
    mkdir -p "$app"
    unfinished=$env
    rm -rf "$env"
    make_environment
    install_package
    for command in $COMMANDS; do
      [ -x "$env/bin/$command" ] || die "The wheel made no command $command. Tell those who released it."
    done
    : >"$env/.complete"
    unfinished=''
  fi
  link_commands
  say "$(echo "$COMMANDS" | tr '\n' ' ')in $bin"
  advise_path
}

uninstall() {
  for link in "$bin"/*; do
    if is_ours "$link"; then rm -f "$link"; fi
  done
  if [ -d "$app" ]; then
    rm -rf "$app"
    rmdir "$share/$NAME" 2>/dev/null || true
    say "is removed from $share and $bin"
  else
    say "is not installed in $share"
  fi
}

# --- where the wheel comes from ---

# Leaves the verified wheel in the working folder and its path in $wheel; nothing there means: from the index.
obtain_wheel() {
  wheel=''
  if [ -n "$from" ]; then
    [ -f "$from/$WHEEL" ] || die "There is no $WHEEL in $from. Download it from the release, and put it there."
    take_wheel "$from"
  elif [ -n "$index$mirror" ]; then
    say "from the index ${index:-$mirror}"
  elif [ -n "$beside" ] && [ -f "$beside/$WHEEL" ]; then
    take_wheel "$beside"
  elif [ -n "$ASSETS" ] && download "$ASSETS$WHEEL" "$WHEEL"; then
    say "from the files of the release"
    accept_wheel "$ASSETS$WHEEL"
  else
    say "from the package index"
  fi
}

# A copy, so that what was checked is what is installed.
take_wheel() {
  say "from $1"
  cp "$1/$WHEEL" "./$WHEEL"
  accept_wheel "$1/$WHEEL"
}

accept_wheel() {
  found=$(sha256_of "$WHEEL") || found=''
  [ "$found" = "$SHA256" ] ||
    die "$1 is not the file of this release, and nothing was installed. Its SHA-256 is
  ${found:-unknown}, and not
  $SHA256. Delete it, and get it again."
  wheel=./$WHEEL
}

download() {
  if has curl; then
    curl --fail --silent --location --retry 2 --connect-timeout 15 --output "$2" "$1"
  elif has wget; then
    wget -q -T 15 -O "$2" "$1"
  else
    false
  fi
}

find_hasher() {
  for hasher in sha256sum shasum openssl; do
    if has "$hasher"; then return; fi
  done
  die "The file could not be checked, so nothing was installed: there is no sha256sum, shasum or openssl. Install one of them."
}

sha256_of() {
  case $hasher in
    sha256sum) sha256sum <"$1" ;;
    shasum) shasum -a 256 <"$1" ;;
    openssl) openssl dgst -sha256 -r <"$1" ;;
  esac | cut -c 1-64
}

# --- the environment ---

make_environment() {
  # Settings of another environment must not lead out of this one.
  unset PIP_TARGET PIP_PREFIX PIP_ROOT PYTHONHOME PYTHONPATH UV_PREFIX UV_PYTHON UV_SYSTEM_PYTHON UV_TARGET
  export PIP_USER=0
  if [ -n "$mirror" ]; then
    unset PIP_EXTRA_INDEX_URL UV_EXTRA_INDEX_URL UV_INDEX
    export PIP_INDEX_URL="$mirror" UV_DEFAULT_INDEX="$mirror"
  fi
  : >log
  if has uv && uv_environment >>log 2>&1; then
    tool=uv
    return
  fi
  for python in $(candidates); do
    rm -rf "$env"
    if environment_of "$python" >>log 2>&1; then return; fi
  done
  sed 's/^/  /' log >&2
  die "There is no Python ${PYTHON:-3} that can make an environment. Install uv, which brings its own; or Python with its venv module:
  apt-get install python3-venv, apk add python3, dnf install python3, brew install python"
}

# uv fetches a Python where none fits, unless it must not use the network.
uv_environment() {
  if [ -n "$offline" ]; then export UV_OFFLINE=1; fi
  uv venv --python "${PYTHON:->=3}" "$env"
}

candidates() {
  for name in python3 python; do
    if has "$name"; then echo "$name"; fi
  done
  minor=40
  while [ "$minor" -ge 6 ]; do
    if has "python3.$minor"; then echo "python3.$minor"; fi
    minor=$((minor - 1))
  done
  # pipx may live on a Python that is not on PATH.
  if has pipx; then pipx environment --value PIPX_DEFAULT_PYTHON 2>/dev/null || true; fi
}

# With the pip beside the Python, which is faster; else, where that is too old or missing, with one in the environment.
environment_of() {
  fits "$1" || { echo "$1 is $("$1" --version 2>&1)" && return 1; }
  if "$1" -I -m venv --without-pip "$env" && "$1" -I -m pip --python "$env/bin/python" --version; then
    tool=pip
  elif rm -rf "$env" && "$1" -I -m venv "$env"; then
    tool=venv
  else
    return 1
  fi
}

fits() {
  # shellcheck disable=SC2086 # each range is a word
  "$1" -I -c "import sys; n = lambda t: tuple(map(int, t.split('.'))); sys.exit(not any(n(a) <= sys.version_info[:3] <= n(b) for a, b in (r.split('-') for r in sys.argv[1:])))" $PYTHONS
}

install_package() {
  install_dependencies
  if [ -n "$wheel" ]; then
    get --no-deps --no-index "$wheel"
  else
    echo "$NAME==$VERSION --hash=sha256:$SHA256" >package.txt
    get --no-deps --only-binary :all: --require-hashes ${index:+"$(index_option)=$index"} --requirement package.txt
  fi || die "The installation failed, and nothing of it is left. The reason is above."
}

install_dependencies() {
  [ -n "$REQUIREMENTS" ] || return 0
  printf '%s\n' "$REQUIREMENTS" >requirements.txt
  if [ -n "$from" ]; then
    if get --no-index --find-links "$from" --requirement requirements.txt >log 2>&1; then return; fi
    if [ -n "$offline" ]; then
      sed 's/^/  /' log >&2
      die "Not all dependencies are in $from, and nothing was installed. Put their wheels there, or leave --offline out."
    fi
  fi
  get ${from:+"--find-links=$from"} --requirement requirements.txt ||
    die "The dependencies can't be had, and nothing was installed. The reason is above."
}

get() {
  case $tool in
    uv) uv pip install --quiet --python "$env/bin/python" "$@" ;;
    venv) "$env/bin/python" -I -m pip install --quiet --disable-pip-version-check --no-input "$@" ;;
    pip) "$python" -I -m pip --python "$env/bin/python" install --quiet --disable-pip-version-check --no-input "$@" ;;
  esac
}

index_option() {
  if [ "$tool" = uv ]; then echo --default-index; else echo --index-url; fi
}

# --- the commands ---

refuse_foreign_commands() {
  for command in $COMMANDS; do
    if { [ -e "$bin/$command" ] || [ -L "$bin/$command" ]; } && ! is_ours "$bin/$command"; then
      die "$bin/$command is there already, and not from this script. Remove it, or install elsewhere with --prefix FOLDER."
    fi
  done
}

# Those of an earlier version go, with the version.
link_commands() {
  refuse_foreign_commands
  mkdir -p "$bin"
  for link in "$bin"/*; do
    if is_ours "$link"; then rm -f "$link"; fi
  done
  for command in $COMMANDS; do
    ln -s "$env/bin/$command" "$bin/$command"
  done
  for other in "$app"/*; do
    if [ "$other" != "$env" ]; then rm -rf "$other"; fi
  done
}

is_ours() {
  [ -L "$1" ] || return 1
  case $(readlink "$1") in "$app"/*) ;; *) return 1 ;; esac
}

advise_path() {
  case :$PATH: in
    *:"$bin":*) ;;
    *)
      case ${SHELL-} in
        */fish) file=.config/fish/config.fish line="fish_add_path '$bin'" ;;
        */zsh) file=.zshrc line="export PATH=\"$bin:\$PATH\"" ;;
        */bash) file=.bashrc line="export PATH=\"$bin:\$PATH\"" ;;
        *) file=.profile line="export PATH=\"$bin:\$PATH\"" ;;
      esac
      printf '%s is not on PATH. Add this line to ~/%s, and open a new shell:\n\n  %s\n\n' "$bin" "$file" "$line"
      ;;
  esac
}

# --- around it ---

# A working folder: neither pip nor uv shall read what lies where the caller happens to be.
start_folder() {
  beside=''
  if [ -f "$0" ]; then beside=$(absolute "$(dirname "$0")"); fi
  if [ -n "$offline" ] && [ -z "$from" ]; then
    [ -n "$beside" ] || misused "--offline needs --from FOLDER when the script is read from a pipe"
    from=$beside
  fi
  if [ -n "$from" ]; then from=$(absolute "$from"); fi
  unfinished=''
  work=$(mktemp -d)
  trap clean EXIT
  trap 'exit 130' HUP INT TERM
  cd "$work"
}

clean() {
  cd /
  rm -rf "$work"
  if [ -n "$unfinished" ]; then
    rm -rf "$unfinished"
    rmdir "$app" "$share/$NAME" 2>/dev/null || true
  fi
}

absolute() {
  case $1 in
    /*) echo "$1" ;;
    *) echo "$PWD/$1" ;;
  esac
}

has() { command -v "$1" >/dev/null 2>&1; }
say() { echo "$NAME $VERSION: $1"; }
misused() {
  echo "$1; --help tells what there is" >&2
  exit 2
}
die() {
  echo "$NAME $VERSION: $1" >&2
  exit 1
}

# Last, so that half a script, from a broken download, does nothing.
main "$@"
