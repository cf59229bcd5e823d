# shellcheck shell=bash
# What this machine lacks to build and run an engine of its own, and the message that says so.

needs() {
  local minor
  [ "$(uname -s)" = Linux ] || echo "Linux: this is $(uname -s)"
  [ "$(id -u)" = 0 ] || echo "root: this is $(id -un)"
  type -P apt-get >/dev/null || echo "Debian's apt-get"
  needs_go
  type -P node >/dev/null || echo "node"
  type -P npm >/dev/null || echo "npm"
  for minor in $(version pythons); do
    interpreter "$minor" >/dev/null || echo "Python $minor from pyenv: pyenv install $minor"
  done
}

needs_go() {
  local wanted found
  wanted=$(sed -n 's/^go //p' "$here/go.mod")
  found=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null || true)
  [ "$(printf '%s\n' "$wanted" "${found#go}" | sort -V | head -n 1)" = "$wanted" ] ||
    echo "go $wanted or newer: ${found:-there is none}"
}

# no_engine NEEDS: the one message when there is no engine and none can be made.
no_engine() {
  local official="no dagger CLI is on PATH"
  [ -z "$(official_clis)" ] ||
    official="its CLI is there, but no engine answers: ${_EXPERIMENTAL_DAGGER_RUNNER_HOST:-neither Docker nor Podman runs}"
  fail "there is no Dagger engine to work with." \
    "The official one: $official." \
    "One of its own can't be made, because this machine lacks" \
    "  - ${1//$'\n'/$'\n'    - }" \
    "Either install the dagger CLI (https://docs.dagger.io/install) and start Docker;" \
    "or be root on Debian 12 with go, node, npm and pyenv's Python $(version pythons)."
}
