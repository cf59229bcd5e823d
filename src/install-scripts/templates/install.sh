#!/bin/sh
{ # Nothing runs before the brace at the end is read: half a script, from a broken download, does nothing.
# Installs one release of a Python program into an environment of its own, and puts its commands
# into a folder for commands. Needs no root. What is installed has the SHA-256 below, or nothing is.
set -euf
# A shell may have been told to write over no file.
set +C
# Lists hold one thing a line: paths may have spaces.
IFS='
'

# --- values: written when the release was made ---
NAME='quayside'
VERSION='0.0.0'
WHEEL='quayside-0.0.0-py3-none-any.whl'
SHA256='0000000000000000000000000000000000000000000000000000000000000000'
SIZE='0'
COMMANDS='quayside'
CHECK='quayside
--version'
PYTHON='>=3.9'
PYTHONS='3.9.0-3.39.39'
REQUIREMENTS='example>=1
example-for-old-pythons; python_version < "3.10"'
ASSETS=''
KEY=''
# --- end of the values ---

usage() {
  cat <<END
Installs $NAME $VERSION, for Python ${PYTHON:-3}.

  sh install.sh [OPTION...]

  --prefix FOLDER  install into FOLDER/share and FOLDER/bin; the default is
                   \${XDG_DATA_HOME:-~/.local/share} and ~/.local/bin
  --from FOLDER    take the wheel from FOLDER, and dependencies too where they are there
  --offline        use no network: everything is in FOLDER, or beside this script
  --signed         install nothing unless the signature of the release could be checked
  --index URL      take $NAME from this package index, its dependencies from the usual one
  --mirror URL     take all packages from this index alone
  --uninstall      remove what this script installed
  --version        print what this script installs
  --help           print this

Without an option, the wheel comes from the folder of this script, else from the files of the
release, else from the index that uv or pip is set up for. It is refused unless it has the SHA-256
$SHA256
END
  [ -z "$KEY" ] || cat <<END

The release is signed: where ${SIGNER} is there, the signature of its SHA256SUMS is checked by the key
$KEY
END
}

main() {
  prefix='' from='' index='' mirror='' offline='' signed='' action=install
  choose_signer
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
      --signed) signed=yes ;;
      --uninstall) action=uninstall ;;
      --version)
        printf '%s\n' "$NAME $VERSION"
        exit
        ;;
      --help | -h)
        usage
        exit
        ;;
      *) misused "there is no option $1" ;;
    esac
    shift
  done
  [ -z "$index$mirror" ] || [ -z "$from$offline" ] || misused "--index and --mirror are for the network, --from and --offline are not"
  [ -z "$index" ] || [ -z "$mirror" ] || misused "--mirror is an index for everything: give that or --index"
  [ -z "$signed" ] || [ -n "$KEY" ] || misused "--signed is for releases that are signed, and this one has no key"
  case $index$mirror in
    '' | [A-Za-z]*://*) ;;
    *) misused "--index and --mirror need an address that begins with https:// or the like" ;;
  esac
  outlive_readers
  choose_places
  case $action in
    install) install ;;
    uninstall) uninstall ;;
  esac
}

choose_places() {
  if [ -n "$prefix" ]; then
    prefix=$(physical "$prefix")
    share=${prefix%/}/share bin=${prefix%/}/bin
  else
    refuse_homeless
    share=$(physical "${XDG_DATA_HOME:-$HOME/.local/share}")
    bin=$(physical "$HOME/.local/bin")
  fi
  tab=$(printf '\t')
  case $share in *"$tab"*) die "$share has a tab in it, at which a system parts the first line of a command. Give another place with --prefix FOLDER." ;; esac
  case $share in *:*) die "$share has a colon in it, and no environment of Python can. Give another place with --prefix FOLDER." ;; esac
  # Its parent may hold what the program itself keeps.
  app=$share/$NAME/install
  # The same version made again is another installation.
  own=$VERSION-$(printf %.8s "$SHA256")
  env=$app/$own
  record=$app/written-by-install.txt
  for place in "$share/$NAME" "$app" "$env" "$record" "$record.new"; do
    if [ -L "$place" ]; then die "$place is a link, and nothing behind a link is touched. Remove it, or give another place with --prefix FOLDER."; fi
  done
  # A run that was killed may have left an empty one.
  for place in "$record" "$record.new"; do
    if is_foreign "$place"; then
      die "$place is not from this script, so nothing was touched. Move it away, or give another place with --prefix FOLDER."
    fi
  done
}

refuse_homeless() {
  [ -n "${HOME-}" ] || die "HOME is not set. Give the place with --prefix FOLDER."
  for variable in "HOME=$HOME" "XDG_DATA_HOME=${XDG_DATA_HOME:-/}"; do
    case $variable in
      *=/*) ;;
      *) die "$variable is no absolute path. Set it to one, or give the place with --prefix FOLDER." ;;
    esac
  done
  [ -d "$HOME" ] || die "HOME=$HOME is no folder. Give the place with --prefix FOLDER."
}

install() {
  unset_python
  find_hasher
  start_folder
  if is_installed; then
    lock
    # Whoever had the lock until now may have put another version in its place.
    is_complete || die "Another run of this script has just removed $env. Run this again."
    say "is installed already, in $env"
  else
    refuse_foreign
    refuse_unwritable
    obtain_wheel
    lock
    make_anew
  fi
  unstoppable
  link_commands
  stoppable
  remove_others
  say "$(printf %s "$COMMANDS" | tr '\n' ' ') in $bin"
  advise_path
}

# What a caller's shell adds to Python is none of the environment, and pip starts itself again with all of it. What others
# than Python read (PYTHON_KEYRING_BACKEND) stays.
unset_python() {
  for variable in $(env | sed -n 's/^\(PYTHON[A-Z0-9]*\)=.*/\1/p'); do unset "$variable"; done
}

# Complete once, and what stands in it still there: an upgrade of the system may have taken its Python away. Nothing is written
# for that, as a full disk is no fault of it.
is_installed() {
  broken=''
  is_complete || return 1
  if said=$(whole look 2>&1 && runs 2>&1); then return; fi
  broken=yes
  say "is in $env, and broken: it is made anew"
  show_said
  return 1
}

whole() { "$env/bin/python" -I -c "$RECORDED$WHOLE" "$1"; }

is_complete() { recorded environment "$own" && [ "$(cat "$env/.complete" 2>/dev/null)" = "$SHA256" ]; }

# The files of all that is installed, by the name of what has them: Python's own list of them leaves out what is missing.
RECORDED='
import csv, hashlib, os, re, sys
plain = lambda text: re.sub("[-_.]+", "-", text).lower()
def recorded():
    for library in {os.path.realpath(each) for each in sys.path if os.path.isdir(each)}:
        for info in os.listdir(library):
            record = os.path.join(library, info, "RECORD")
            if not info.endswith(".dist-info") or not os.path.isfile(record):
                continue
            with open(record, newline="", encoding="utf-8") as rows:
                paths = [row[0] for row in csv.reader(rows) if row and not row[0].endswith(".pyc")]
            for path in paths:
                yield plain(info.split("-")[0]), path, os.path.join(library, path)
'

# It notes what is there in the end, and which files never were; later it tells what has gone since.
WHOLE='
import json
noted = os.path.join(sys.prefix, ".whole")
files = list(recorded())
names = {name for name, path, file in files}
gone = {path for name, path, file in files if not os.path.exists(file)}
if sys.argv[1] == "note":
    with open(noted, "w") as notes:
        json.dump([sorted(names), sorted(gone)], notes)
    sys.exit()
with open(noted) as notes:
    before, never = map(set, json.load(notes))
lost = gone - never or before - names
sys.exit("missing: " + min(lost) if lost else 0)
'

# As far as there is a command that only prints something.
runs() {
  # shellcheck disable=SC2086 # one word a line
  set -- $CHECK
  [ $# -gt 0 ] || return 0
  command=$env/bin/$1
  shift
  "$command" "$@"
}

# Whoever was here while the wheel was fetched may have done it.
make_anew() {
  if [ -z "$broken" ] && is_complete; then return; fi
  write_record environment "$own"
  if [ -n "$broken" ]; then set_aside; fi
  unfinished=$env
  remove_folder "$env"
  make_environment
  install_package
  for command in $COMMANDS; do
    [ -e "$env/bin/$command" ] || die "The wheel made no command $command. Tell those who released it."
    [ -x "$env/bin/$command" ] || die "Nothing can be run from $env: what holds it is probably mounted with noexec. Give another place with --prefix FOLDER."
  done
  if ! said=$(runs 2>&1); then
    show_said
    die "It does not run here, and nothing of it is left: $(printf %s "$CHECK" | tr '\n' ' ') failed. Its last words are above."
  fi
  whole note || die "What was installed can't be noted in $env, and nothing of it is left."
  printf '%s\n' "$SHA256" >"$env/.complete" || die "$env/.complete can't be written, and nothing of it is left."
  unfinished=''
}

# What is broken may do more for its user than nothing: where no new one can be made, it is brought back.
set_aside() {
  write_record environment "$own.before"
  remove_folder "$env.before"
  unfinished=$env
  mv "$env" "$env.before" || die "$env can't be moved, so nothing was changed."
}

# What is broken and not set aside yet is where it was.
# shellcheck disable=SC2317,SC2329 # what a trap calls does
take_back() {
  if [ -d "$env.before" ] && [ ! -L "$env.before" ]; then
    rm -rf "$env" && mv "$env.before" "$env" && forget environment "$own.before" || return
    say "what was in $env before is there again, as it was"
  elif [ -z "$broken" ]; then
    rm -rf "$env" && forget environment "$own"
  fi
}

uninstall() {
  if [ ! -e "$record" ]; then
    [ ! -e "$app" ] || die "$app is not from this script, so nothing was removed."
    say "is not installed in $share"
    return
  fi
  guard
  lock
  for link in $(recorded_all command); do
    remove_link "$link"
  done
  for version in $(recorded_all environment); do
    remove_folder "$app/$version"
  done
  rm -f "$record" "$record.new" || die "$record can't be removed."
  unlock
  [ ! -d "$app" ] || say "What is not from this script is left in $app"
  say "is removed from $share and $bin"
}

# --- what this script wrote, which is all that it removes ---

HEADER="# Written by the install script of $NAME, which removes what is named here, and nothing else."

# Another run may be putting it in its place just now.
is_foreign() {
  for _ in 1 2 3; do
    [ -s "$1" ] || return 1
    code=0
    grep -qxF -e "$HEADER" "$1" 2>/dev/null || code=$?
    [ "$code" -gt 1 ] || return $((1 - code))
  done
}

# All of one kind that are named; what can't be of that kind is none, so that no line leads anywhere else.
recorded_all() {
  [ -f "$record" ] || return 0
  case $1 in
    environment) sed -n 's|^environment \([A-Za-z0-9][^/]*\)$|\1|p' "$record" ;;
    command) sed -n 's|^command \(/.*\)$|\1|p' "$record" ;;
  esac
}

recorded() { recorded_all "$1" | grep -qxF -e "$2"; }

# Before the thing itself, so that a run that is killed leaves nothing without a name.
write_record() {
  if recorded "$1" "$2"; then return; fi
  lines=$HEADER
  if [ -s "$record" ]; then lines=$(cat "$record") || die "$record can't be read."; fi
  save_record "$lines
$1 $2"
}

forget() {
  lines=$(grep -vxF -e "$1 $2" "$record") || die "$record can't be read."
  if [ "$lines" = "$HEADER" ]; then rm -f "$record"; else save_record "$lines"; fi
}

# As a whole: half a record would be worse than an old one.
save_record() {
  if printf '%s\n' "$1" >"$record.new" && mv -f "$record.new" "$record"; then return; fi
  rm -f "$record.new"
  die "$record can't be written. If there is no room, make some, and run this again."
}

# A link in the place of a folder is somebody else's.
remove_folder() {
  [ ! -L "$1" ] || die "$1 is a link, and nothing behind a link is touched. Remove it."
  rm -rf "$1" || die "$1 can't be removed."
}

remove_others() {
  for version in $(recorded_all environment); do
    if [ "$version" != "$own" ]; then
      remove_folder "$app/$version"
      forget environment "$version"
    fi
  done
}

# --- one run at a time ---

# A link is made and filled in one step. It names the process, which may have been killed, and where that runs.
lock() {
  case $action in
    install) locked_out="nothing was installed. Give another place with --prefix FOLDER." ;;
    uninstall) locked_out="nothing was removed. Run this as somebody who can." ;;
  esac
  mkdir -p "$app" || die "$app can't be made, so $locked_out"
  here="$(uname -n) $(readlink /proc/self/ns/pid)" || true
  holder=$(readlink "$app/lock") || holder=''
  if is_gone "$holder"; then
    if inherit_lock "$holder"; then return; fi
  elif take_lock; then
    return
  fi
  [ -n "$holder" ] || [ -e "$app/lock" ] || [ -L "$app/lock" ] ||
    die "Nothing can be written into $app, so $locked_out"
  die "Another run of this script works in $app${holder:+ ($holder)}. Run this again when it has ended; if there is none, remove $app/lock$([ ! -L "$app/lock.heir" ] || printf %s " and $app/lock.heir")."
}

# What is no number is no process, and the link somebody else's. Another host or container that has the same folder may
# have processes that are not seen here.
is_gone() {
  process=${1%" on $here"}
  case $process in '' | "$1" | *[!0-9]*) return 1 ;; esac
  is_dead "$process" || { ! kill -0 "$process" 2>/dev/null && [ ! -d "/proc/$process" ]; }
}

# Ended, and listed until somebody asks how, which the first process of many a container never does.
is_dead() {
  case $(sed -n 's/^.*) \([A-Z]\) .*/\1/p' "/proc/$1/stat" 2>/dev/null) in
    Z | X) ;;
    *) return 1 ;;
  esac
}

# A link to a folder would get the new one inside of it.
claim() { [ ! -d "$1" ] && ln -s "$$ on $here" "$1" 2>/dev/null; }

take_lock() {
  claim "$app/lock" || return 1
  locked=yes
}

# Of all who find that the one in the lock is gone, one at a time looks whether it is still named there, and removes it.
inherit_lock() {
  claim "$app/lock.heir" || return 1
  if [ "$(readlink "$app/lock")" = "$1" ]; then rm -f "$app/lock"; fi
  inherited=''
  if take_lock; then inherited=yes; fi
  rm -f "$app/lock.heir"
  [ -n "$inherited" ]
}

unlock() {
  rm -f "$app/lock"
  locked=''
  rmdir "$app" "$share/$NAME" 2>/dev/null || true
}

# --- where the wheel comes from ---

# An address as logs may have it: a password may stand before the host, with any sign in it.
without_user() {
  rest=${1#*://}
  printf '%s://%s' "${1%%://*}" "${rest##*@}"
}

# Leaves the verified wheel in the working folder and its path in $wheel; nothing there means: from the index.
obtain_wheel() {
  wheel=''
  if [ -n "$from" ]; then
    [ -f "$from/$WHEEL" ] || die "There is no $WHEEL in $from. Download it from the release, and put it there."
    take_wheel "$from"
    check_signature "$from"
  elif [ -n "$index$mirror" ]; then
    say "from the index $(without_user "${index:-$mirror}")"
    check_signature
  elif [ -n "$beside" ] && [ -f "$beside/$WHEEL" ]; then
    take_wheel "$beside"
    check_signature "$beside"
  elif [ -n "$ASSETS" ] && download "$WHEEL" "$SIZE"; then
    say "from the files of the release"
    accept_wheel "$ASSETS$WHEEL" "$AGAIN"
    check_signature
  else
    say "from the package index"
    check_signature
  fi
}

# A copy, so that what was checked is what is installed.
take_wheel() {
  say "from $1"
  cp "$1/$WHEEL" "./$WHEEL" || die "$1/$WHEEL can't be copied, so nothing was installed. $ROOM"
  accept_wheel "$1/$WHEEL" "Delete it, and get it again."
}

AGAIN="Run this again; if it stays like this, tell those who released it."
for settings in .curlrc .config/curlrc .wgetrc; do
  [ ! -f "${HOME-}/$settings" ] || AGAIN="What ~/$settings says may be the cause, if it has more written than the file, or elsewhere: move it away, and run this again. If it stays like this, tell those who released it."
done
ROOM="The reason is above; if there is no room, make some, or set TMPDIR to a folder that has it."

accept_wheel() {
  found=$(sha256_of "$WHEEL") || found=''
  [ "$found" = "$SHA256" ] ||
    die "$1 is not the file of this release, and nothing was installed. Its SHA-256 is
  ${found:-unknown}, and not
  $SHA256. $2"
  wheel=$work/$WHEEL
}

# --- the signature ---

choose_signer() {
  case $KEY in
    ssh-*) SIGNER=ssh-keygen SIGNATURE=SHA256SUMS.sig ;;
    *) SIGNER=minisign SIGNATURE=SHA256SUMS.minisig ;;
  esac
}

# The wheel has the SHA-256 above in any case. The signature tells that whoever has the key of the release says so, too.
check_signature() {
  [ -n "$KEY" ] || return 0
  if ! has "$SIGNER"; then
    miss_signature "there is no $SIGNER"
  elif ! get_signature "${1-}"; then
    miss_signature "there are no SHA256SUMS and $SIGNATURE"
  elif is_signed; then
    grep -qxF "$SHA256  $WHEEL" SHA256SUMS ||
      die "SHA256SUMS is signed, and names another $WHEEL than this script, so nothing was installed. Get the script of that release."
    say "the signature of the release is right"
  elif grep -Eq '^(ssh-keygen: )?(unknown|illegal|invalid|unrecognized) option' log; then
    miss_signature "this $SIGNER is too old"
  elif grep -q '^No user exists for uid' log; then
    miss_signature "$SIGNER runs for no user whom the system has no name for"
  else
    show log
    die "The signature of SHA256SUMS is not right, and nothing was installed. Get the files of the release again; if they stay like this, tell those who released it."
  fi
}

miss_signature() {
  [ -z "$signed" ] || die "The signature could not be checked, so nothing was installed: $1."
  say "the signature was not checked: $1"
}

# Sums and a signature are a few lines.
LARGEST_SUMS=1048576

# From where the wheel is, else from the files of the release, unless everything has to come from elsewhere.
get_signature() {
  if [ -n "$1" ] && [ -f "$1/SHA256SUMS" ] && [ -f "$1/$SIGNATURE" ]; then
    cp "$1/SHA256SUMS" "$1/$SIGNATURE" .
  elif [ -n "$ASSETS" ] && [ -z "$offline$index$mirror" ]; then
    download SHA256SUMS "$LARGEST_SUMS" && download "$SIGNATURE" "$LARGEST_SUMS"
  else
    false
  fi
}

is_signed() {
  case $SIGNER in
    ssh-keygen)
      note signers "release namespaces=\"file\" $KEY"
      ssh-keygen -Y verify -f signers -I release -n file -s "$SIGNATURE" <SHA256SUMS >log 2>&1
      ;;
    minisign) minisign -V -P "$KEY" -m SHA256SUMS -x "$SIGNATURE" >log 2>&1 ;;
  esac
}

# A file of the release, by its name and the most bytes that it may have: whoever sends without an end fills no disk.
download() {
  came=$({ { fetch "$ASSETS$1" || echo half >&3; } | head -c "$(($2 + 1))" >"$1" || echo unwritten >&3; } 3>&1)
  case $came in *unwritten*) die "$ASSETS$1 can't be written into $work, so nothing was installed. $ROOM" ;; esac
  [ "$(wc -c <"$1")" -le "$2" ] || die "$ASSETS$1 has more than the $2 bytes that it may have, so nothing was installed. $AGAIN"
  [ -z "$came" ] || { rm -f "$1" && return 1; }
}

# What stalls after half of it is not tried again, for that would follow the half. A user's own file for curl may name a proxy,
# and is read, but nothing that it has written beside the file may come along.
fetch() {
  if has curl; then
    curl --fail --silent --location --retry 2 --retry-max-time 29 --connect-timeout 15 --speed-limit 1000 --speed-time 30 \
      --no-include --dump-header /dev/null --write-out '' "$1"
  elif has wget; then
    wget -q -T 15 -O - "$1"
  else
    false
  fi
}

# What pip or uv would else find empty.
note() { printf '%s\n' "$2" >"$1" || die "$work/$1 can't be written, so nothing was installed. $ROOM"; }

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
  # Settings of another environment must not lead out of this one, nor leave out what is needed here.
  unset PIP_ABI PIP_IMPLEMENTATION PIP_NO_DEPENDENCIES PIP_PLATFORM PIP_PYTHON_VERSION PIP_REPORT PIP_TARGET PIP_PREFIX PIP_ROOT
  unset UV_EXCLUDE UV_PREFIX UV_PROJECT UV_PYTHON UV_SYSTEM_PYTHON UV_TARGET UV_WORKING_DIR
  export PIP_DRY_RUN=0 PIP_FORCE_REINSTALL=0 PIP_IGNORE_INSTALLED=0 PIP_NO_DEPS=0 PIP_QUIET=0 PIP_USER=0
  export PIP_PYTHON="$env/bin/python"
  skip_uv_settings
  if [ -n "$mirror" ]; then ask_only_the_mirror; fi
  : >log
  if has uv && uv_environment >>log 2>&1; then
    tool=uv
    return
  fi
  for python in $(candidates); do
    rm -rf "$env"
    if environment_of "$python" >>log 2>&1; then return; fi
  done
  show log
  die "No Python ${PYTHON:-3} here made an environment. Where one is named above, what it lacks stands there, too. Else install uv, which brings its own; or Python with its venv module:
  apt-get install python3-venv, apk add python3, dnf install python3, brew install python"
}

# Variables and options take back what pip's files say of it. Nothing does for uv's.
skip_uv_settings() {
  for file in $(uv_settings); do
    if [ -f "$file" ] && grep -Eq "(^|[[:space:]{,.\"'])(target|prefix|no-deps|exclude-dependencies|python-platform|python-version)[\"']?[[:space:]]*=" "$file"; then
      tell "$file leads out of the environment, or leaves out what is needed, so that uv reads none of its settings."
      unset UV_CONFIG_FILE
      export UV_NO_CONFIG=1
      return
    fi
  done
}

uv_settings() {
  printf '%s\n' "${UV_CONFIG_FILE-}"
  printf '%s:%s:/etc\n' "${XDG_CONFIG_HOME:-${HOME-}/.config}" "${XDG_CONFIG_DIRS:-/etc/xdg}" | tr : '\n' | sed 's|$|/uv/uv.toml|'
}

# pip's variables come before its files, which may also name a proxy or a certificate. A blank is an empty list to it, and an empty text is no word at all.
# Among the lists are those of requirements and constraints, which may name an address, too. What uv's files say can only be left unread as a whole.
ask_only_the_mirror() {
  export PIP_INDEX_URL="$mirror" PIP_NO_INDEX=0 PIP_EXTRA_INDEX_URL=' ' PIP_FIND_LINKS=' '
  export PIP_BUILD_CONSTRAINT=' ' PIP_CONSTRAINT=' ' PIP_EDITABLE=' ' PIP_REQUIREMENT=' '
  unset UV_BUILD_CONSTRAINT UV_CONFIG_FILE UV_CONSTRAINT UV_EXTRA_INDEX_URL UV_FIND_LINKS UV_INDEX UV_OVERRIDE UV_TORCH_BACKEND
  # The name that uv had for it before 0.4.23 is the one that an older uv knows.
  export UV_DEFAULT_INDEX="$mirror" UV_INDEX_URL="$mirror" UV_NO_CONFIG=1
}

# uv fetches a Python where none fits, unless it must not use the network.
uv_environment() {
  if [ -n "$offline" ]; then export UV_OFFLINE=1; fi
  apart uv venv --python "${PYTHON:->=3}" "$env"
}

# uv reads settings in the folder where it runs and in all above it, and what is above a working folder is everybody's.
apart() { (cd / && "$@"); }

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

# The package comes first: where a dependency asks for it, no index need have it.
# If another copy is in its place in the end, the one that has the SHA-256 is put there again.
install_package() {
  place_package
  same >log 2>&1 || {
    show log
    die "The installation was no error, and $NAME is not there, or not as its wheel has it; nothing of it is left. See what the settings of pip or uv put in its place (overrides); if no reason is above, tell those who released it."
  }
  install_dependencies
  if ! same >log 2>&1; then
    place_package
    same >log 2>&1 || {
      show log
      die "Something else takes the place of $NAME, and nothing of it is left. What is above is not as the wheel has it."
    }
  fi
  refuse_missing
}

# A tool that finds the version there would ask for no SHA-256.
place_package() {
  # uv reads a bare address as a path again, and an old pip knows no name before one.
  if [ "$tool" = uv ]; then named="$NAME @ " && set -- --reinstall-package "$NAME"; else named='' && set -- --force-reinstall; fi
  if [ -n "$wheel" ]; then
    get "$@" --no-deps --no-index "$named$(address_of "$wheel")"
  else
    note package.txt "$NAME==$VERSION --hash=sha256:$SHA256"
    at_index get "$@" --no-deps --only-binary :all: --require-hashes --requirement "$work/package.txt"
  fi || die "The installation failed, and nothing of it is left. The reason is above."
}

same() { "$env/bin/python" -I -c "$RECORDED$SAME" "$NAME" "$work/placed.txt" "${wheel:-none}"; }

# The first time it compares the files of the package with those of the wheel, where that is at hand, and notes their hashes, with
# which it compares them later. What is put together from several files, or lies elsewhere, has no measure in the wheel.
SAME='
import configparser, zipfile
name, noted, wheel = sys.argv[1:]
written = ("INSTALLER", "RECORD", "REQUESTED", "direct_url.json")
def hash_of(file):
    if not os.path.isfile(file):
        return "missing"
    with open(file, "rb") as content:
        return hashlib.sha256(content.read()).hexdigest()
def commands_of(archive, names):
    for each in names:
        if each.endswith(".dist-info/entry_points.txt"):
            said = configparser.ConfigParser(delimiters="=", interpolation=None, strict=False)
            said.optionxform = str
            said.read_string(archive.read(each).decode())
            for kind in {"console_scripts", "gui_scripts"} & set(said.sections()):
                yield from said[kind]
def others_than(archive):
    names = {each for each in archive.namelist() if not each.endswith(("/", ".pyc"))}
    moved = {each for each in names if each.split("/")[0].endswith(".data")}
    inside = {each.split("/", 2)[-1] for each in moved}
    commands = set(commands_of(archive, names))
    for each in names - moved:
        if ".dist-info/" in each and os.path.basename(each).startswith(written):
            continue
        if hash_of(os.path.join(library, each)) != hashlib.sha256(archive.read(each)).hexdigest():
            yield each
    for each in set(found) - names - inside:
        outside = each.startswith("..") or os.path.isabs(each)
        put = outside and any(("/" + each.replace(os.sep, "/")).endswith("/" + path) for path in inside)
        command = outside and re.sub("[.]exe$", "", os.path.basename(each)) in commands
        if not put and not command and ".dist-info/" not in each and found[each] != "missing":
            yield each
found, library = {}, ""
for owner, path, file in recorded():
    if owner == plain(name) and not path.endswith(".dist-info/RECORD"):
        found[path] = hash_of(file)
        if path.endswith(".dist-info/METADATA"):
            library = file[: -len(path)]
lines = [ascii(path) + " " + found[path] for path in found]
if not os.path.exists(noted):
    if lines and wheel != "none":
        with zipfile.ZipFile(wheel) as archive:
            others = sorted(others_than(archive))
        if others:
            sys.exit(ascii(others[0]) + " is not as the wheel has it")
    with open(noted, "w") as notes:
        notes.write("\n".join(lines))
    sys.exit(not lines)
with open(noted) as notes:
    others = set(lines) ^ set(notes.read().split("\n"))
sys.exit(min(others) if others else 0)
'

# Settings may leave out what dependencies depend on.
refuse_missing() {
  if installer check >log 2>&1; then return; fi
  if grep 'not installed' log >missing.txt; then
    show missing.txt
    die "Not all of the dependencies were installed, and nothing of it is left. See what the settings of pip or uv leave out."
  fi
}

install_dependencies() {
  [ -n "$REQUIREMENTS" ] || return 0
  note version.txt "$NAME==$VERSION"
  note requirements.txt "--constraint version.txt
$REQUIREMENTS"
  folder=''
  if [ -n "$from" ]; then
    folder=$(address_of "$from")
    if get --no-index --find-links "$folder" --requirement "$work/requirements.txt" >log 2>&1; then return; fi
    if [ -n "$offline" ]; then
      show log
      die "Not all dependencies are in $from, and nothing was installed. Put their wheels there, or leave --offline out."
    fi
  fi
  get ${folder:+"--find-links=$folder"} --requirement "$work/requirements.txt" ||
    die "The dependencies can't be had, and nothing was installed. The reason is above."
}

# uv takes a path apart at commas, and reads other signs in it as those of a requirement.
address_of() { "$env/bin/python" -I -c "import os, sys, urllib.parse; print('file://' + urllib.parse.quote(os.fsencode(sys.argv[1])))" "$1"; }

get() {
  if [ "$tool" = uv ]; then set -- --quiet "$@"; else
    set -- --quiet --disable-pip-version-check --no-input --target= --root=/ --prefix="$env" "$@"
  fi
  installer install "$@"
}

installer() {
  word=$1
  shift
  case $tool in
    uv) apart uv pip "$word" --python "$env/bin/python" "$@" ;;
    venv) "$env/bin/python" -I -m pip "$word" "$@" ;;
    pip) "$python" -I -m pip --python "$env/bin/python" "$word" "$@" ;;
  esac
}

# By variables, which every uv takes: its option has another name in an older one.
at_index() {
  (
    if [ -n "$index" ]; then export PIP_INDEX_URL="$index" UV_DEFAULT_INDEX="$index" UV_INDEX_URL="$index"; fi
    "$@"
  )
}

# --- the commands ---

refuse_foreign() {
  if [ -e "$env" ] && ! recorded environment "$own"; then
    die "$env is there already, and not from this script. Move it away, or install elsewhere with --prefix FOLDER."
  fi
  for command in $COMMANDS; do
    if [ "$bin/$command" = "$share/$NAME" ]; then
      die "$bin/$command would be a command and the folder of $NAME at once, so nothing was installed. Set XDG_DATA_HOME to another folder, or give another place with --prefix FOLDER."
    fi
    if { [ -e "$bin/$command" ] || [ -L "$bin/$command" ]; } && ! is_ours "$bin/$command"; then
      die "$bin/$command is there already, and not from this script. Remove it, or install elsewhere with --prefix FOLDER."
    fi
    made=$(beside_link "$bin/$command")
    if { [ -e "$made" ] || [ -L "$made" ]; } && ! is_ours "$bin/$command" "$made"; then
      die "$made is there already, and not from this script, which makes a command by that name first. Remove it, or install elsewhere with --prefix FOLDER."
    fi
  done
}

# An environment without its commands would be for nobody.
refuse_unwritable() {
  place=$bin
  while [ ! -e "$place" ]; do
    if [ -L "$place" ]; then die "$bin can't be made, so nothing was installed: $place is a link to $(readlink "$place"), which is not there. Make that, or give another place with --prefix FOLDER."; fi
    place=${place%/*}
    place=${place:-/}
  done
  { [ -d "$place" ] && [ -w "$place" ]; } || die "$bin can't be made, so nothing was installed: $place is no folder that can be written. Give another place with --prefix FOLDER."
}

# Nothing that works goes before what takes its place is there. Those of an earlier version go, with the version.
link_commands() {
  refuse_foreign
  mkdir -p "$bin" || die "$bin can't be made. Make room for it, and run this again."
  for command in $COMMANDS; do write_record command "$bin/$command"; done
  for command in $COMMANDS; do link_command "$bin/$command"; done
  for link in $(recorded_all command); do
    if ! is_wanted "$link"; then
      remove_link "$link"
      forget command "$link"
    fi
  done
}

# In one step, by a link that is made beside it.
link_command() {
  target=$env/bin/${1##*/}
  if [ "$(readlink "$1")" = "$target" ]; then return; fi
  remove_made "$1"
  if [ ! -d "$made" ] && ln -s "$target" "$made" && mv -f "$made" "$1"; then return; fi
  remove_made "$1"
  die "$1 can't be made. If there is no room, make some, and run this again."
}

is_wanted() { [ "${1%/*}" = "$bin" ] && printf '%s\n' "$COMMANDS" | grep -qxF -e "${1##*/}"; }

# No command has a name that begins with a dot.
beside_link() { printf '%s/.%s.new' "${1%/*}" "${1##*/}"; }

remove_link() {
  remove_made "$1"
  if is_ours "$1"; then rm -f "$1" || die "$1 can't be removed."; fi
}

# What a killed run left.
remove_made() {
  made=$(beside_link "$1")
  if is_ours "$1" "$made"; then rm -f "$made" || die "$made can't be removed."; fi
}

# Named in the record, and still the link that was made.
is_ours() {
  recorded command "$1" && [ -L "${2-$1}" ] || return 1
  case $(readlink "${2-$1}") in
    */../*) return 1 ;;
    "$app"/*/bin/"${1##*/}") ;;
    *) return 1 ;;
  esac
}

advise_path() {
  if is_on_path; then return; fi
  case ${SHELL-} in
    */fish) file=.config/fish/config.fish line="fish_add_path '$bin'" ;;
    */zsh) file=.zshrc line="export PATH=\"$bin:\$PATH\"" ;;
    */bash) file=.bashrc line="export PATH=\"$bin:\$PATH\"" ;;
    *) file=.profile line="export PATH=\"$bin:\$PATH\"" ;;
  esac
  tell "$bin is not on PATH. Add this line to ~/$file, and open a new shell:

  $line
"
}

# PATH may name the folder by another way that leads to it.
is_on_path() {
  (
    IFS=:
    for folder in $PATH; do
      if [ -d "$folder" ] && [ "$(cd -P -- "$folder" && pwd -P)" = "$bin" ]; then exit; fi
    done
    exit 1
  )
}

# --- around it ---

# A working folder: neither pip nor uv shall read what lies where the caller happens to be.
start_folder() {
  beside=''
  if [ -f "$0" ]; then beside=$(physical "$(dirname -- "$0")"); fi
  if [ -n "$offline" ] && [ -z "$from" ]; then
    [ -n "$beside" ] || misused "--offline needs --from FOLDER when the script is read from a pipe"
    from=$beside
  fi
  if [ -n "$from" ]; then from=$(physical "$from"); fi
  guard
  work=$(mktemp -d) || die "No folder for temporary files can be made, so nothing was installed. Set TMPDIR to one that can be written to."
  cd "$work"
  work=$(pwd -P)
}

guard() {
  work='' unfinished='' locked=''
  trap clean EXIT
  stoppable
}

stoppable() { trap 'exit 130' HUP INT TERM; }

# For what would leave no command when it ends halfway. What runs meanwhile can't be stopped, either.
unstoppable() { trap '' HUP INT TERM; }

# shellcheck disable=SC2317,SC2329 # a trap calls it
clean() {
  unstoppable
  cd /
  if [ -n "$work" ]; then rm -rf "$work" || true; fi
  if [ -n "$unfinished" ]; then
    # In a shell of its own, for it may die.
    (take_back) || say "what was begun in $app can't be taken back. Run this again."
  fi
  if [ -n "$locked" ]; then unlock; fi
}

# Whoever reads what is said may go: what is under way is brought to its end all the same, and the exit code tells of it.
# Nothing that is run reads what this script may be read from.
outlive_readers() {
  trap : PIPE
  exec </dev/null
  # Some shells look at a descriptor only where it is put into another one.
  (exec 3>&1) 2>/dev/null || exec >/dev/null
  (exec 3>&2) 2>/dev/null || exec 2>/dev/null
}

# Where a path leads to, whatever links, dots and slashes are in it, so that one place has one name. What is not there yet follows as it is written.
physical() {
  place=$1 missing=''
  case $place in *"$IFS"*) die "A path with a line break is no place for it: $place" ;; esac
  case $place in
    /*) ;;
    *)
      [ -d "${PWD:-none}" ] || die "$place is where this runs, and that folder is not there any more. Write the whole path, or run this elsewhere."
      place=$PWD/$place
      ;;
  esac
  while [ ! -d "$place" ]; do
    case ${place##*/} in
      '' | .) ;;
      ..) die "$1 leads through a folder that is not there. Make it, or write the path without \`..\`." ;;
      *) missing=/${place##*/}$missing ;;
    esac
    place=${place%/*}
    place=${place:-/}
  done
  there=$(cd -P -- "$place" && pwd -P) || die "$place can't be entered."
  there=${there%/}$missing
  printf '%s\n' "${there:-/}"
}

has() { command -v "$1" >/dev/null 2>&1; }
show() { sed 's/^/  /' "$1" >&2 || true; }
show_said() { printf '%s\n' "$said" | sed 's/^/  /' >&2 || true; }
tell() { printf '%s\n' "$1" 2>/dev/null || true; }
say() { tell "$NAME $VERSION: $1"; }
misused() {
  printf '%s\n' "$1; --help tells what there is" >&2
  exit 2
}
die() {
  printf '%s\n' "$NAME $VERSION: $1" >&2
  exit 1
}

main "$@"
exit
}
