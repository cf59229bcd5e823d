# shellcheck shell=bash
# The programs: some from Debian, the engine and its helpers from Go modules.

debian_packages() {
  local package missing=()
  for package in runc iproute2 iptables dnsmasq-base mmdebstrap; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] || step packages "Debian packages ${missing[*]}: some 20 seconds" install_packages "${missing[@]}"
}

install_packages() {
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

binaries() {
  local wanted
  wanted=$(cd "$here" && { version dagger; declare -f build patched; } | hash go.mod patch/* go.sum distconsts/* shim/*/*.* shim/dang/pkg/*/*)
  [ "$(cat "$root/bin/.shipwheel" 2>/dev/null)" = "$wanted" ] && return
  step binaries "Dagger $(version dagger) from Go modules: some 5 minutes, less when Go has built it before" build "$root/bin.new"
  echo "$wanted" >"$root/bin.new/.shipwheel"
  rm -rf "${root:?}/bin"
  mv "$root/bin.new" "$root/bin"
}

build() {
  local into=$1 engine=github.com/dagger/dagger/engine tag
  local dagger=github.com/dagger/dagger/cmd cni=github.com/containernetworking/plugins/plugins
  tag=v$(version dagger)
  cd "$here" || return
  rm -rf "$into"
  mkdir -p "$into"
  patched "$into.source" "$into/patched.mod" || return
  CGO_ENABLED=0 go build -modfile "$into/patched.mod" -o "$into/" -tags dfexcludepatterns,dfparents \
    -ldflags "-s -w -X $engine.Version=$tag -X $engine.Tag=$tag" \
    $dagger/{dagger,engine,init,dnsname,codegen} $cni/{main/bridge,main/loopback,meta/firewall,ipam/host-local} || return
  rm -r "$into.source" "$into"/patched.*
}

# Plain progress refuses to open a shell: in a copy of the module, the one function that does so is replaced.
patched() {
  local copy=$1 mod=$2 module=github.com/dagger/dagger idtui=$1/dagql/idtui source
  rm -rf "$copy"
  go mod download $module || return
  source=$(go list -m -f '{{.Dir}}' $module) || return
  cp -r --no-preserve=mode "$source" "$copy" || return
  cp patch/foreground.go "$idtui/"
  sed -i '/^func (fe \*frontendPlain) Background/,/^}/ s/return .*/return foreground(cmd, raw)/' "$idtui/frontend_plain.go"
  grep -q 'return foreground(cmd, raw)' "$idtui/frontend_plain.go" || {
    echo "frontendPlain.Background of this version is another: see to patched in $here/lib/binaries.sh" >&2
    return 1
  }
  cp go.sum "${mod%.mod}.sum"
  cp go.mod "$mod"
  go mod edit -replace "$module=$copy" "$mod"
}
