# shellcheck shell=bash
# All the parts, for ./dagger and ./engine. They share the variables of settings.sh.

here=$(dirname "$(readlink -f "$0")")
# shellcheck source=lib/settings.sh
source "$here/lib/settings.sh"
# shellcheck source=lib/report.sh
source "$here/lib/report.sh"
# shellcheck source=lib/official.sh
source "$here/lib/official.sh"
# shellcheck source=lib/needs.sh
source "$here/lib/needs.sh"
# shellcheck source=lib/binaries.sh
source "$here/lib/binaries.sh"
# shellcheck source=lib/images.sh
source "$here/lib/images.sh"
# shellcheck source=lib/network.sh
source "$here/lib/network.sh"
# shellcheck source=lib/process.sh
source "$here/lib/process.sh"
# shellcheck source=lib/commands.sh
source "$here/lib/commands.sh"
