<#
.SYNOPSIS
Installs one release of a Python program into an environment of its own, and puts its commands into a folder for commands.

.DESCRIPTION
Needs no administrator. What is installed has the SHA-256 below, or nothing is. For Windows PowerShell 5.1 and PowerShell 7.

Without a parameter, the wheel comes from the folder of this script, else from the files of the release, else from the index that uv or pip is set up for.

.PARAMETER Prefix
Install into this folder's share and bin. The default is %LOCALAPPDATA% and %USERPROFILE%\.local\bin.

.PARAMETER From
Take the wheel from this folder, and dependencies too where they are there.

.PARAMETER Offline
Use no network: everything is in that folder, or beside this script.

.PARAMETER Signed
Install nothing unless the signature of the release could be checked.

.PARAMETER Index
Take the package from this index, its dependencies from the usual one.

.PARAMETER Mirror
Take all packages from this index alone.

.PARAMETER Uninstall
Remove what this script installed.

.PARAMETER Version
Print what this script installs.

.PARAMETER Help
Print this.
#>
[CmdletBinding()]
param(
    [string]$Prefix,
    [string]$From,
    [switch]$Offline,
    [switch]$Signed,
    [string]$Index,
    [string]$Mirror,
    [switch]$Uninstall,
    [switch]$Version,
    [switch]$Help
)

# Nothing runs before the brace at the end is read: half a script, from a broken download, does nothing.
& {

$ErrorActionPreference = 'Stop'

# --- values: written when the release was made ---
$Release = @{
    Name         = 'quayside'
    Version      = '0.0.0'
    Wheel        = 'quayside-0.0.0-py3-none-any.whl'
    Sha256       = '0000000000000000000000000000000000000000000000000000000000000000'
    Size         = '0'
    Commands     = 'quayside'
    Check        = 'quayside
--version'
    Python       = '>=3.9'
    Pythons      = '3.9.0-3.39.39'
    Requirements = 'example>=1
example-for-old-pythons; python_version < "3.10"'
    Assets       = ''
    Key          = ''
}
# --- end of the values ---

$Usage = @"
Installs $($Release.Name) $($Release.Version), for Python $($Release.Python).

  powershell -ExecutionPolicy Bypass -File install.ps1 [PARAMETER...]

  -Prefix FOLDER  install into FOLDER\share and FOLDER\bin; the default is
                  %LOCALAPPDATA% and %USERPROFILE%\.local\bin
  -From FOLDER    take the wheel from FOLDER, and dependencies too where they are there
  -Offline        use no network: everything is in FOLDER, or beside this script
  -Signed         install nothing unless the signature of the release could be checked
  -Index URL      take $($Release.Name) from this package index, its dependencies from the usual one
  -Mirror URL     take all packages from this index alone
  -Uninstall      remove what this script installed
  -Version        print what this script installs
  -Help           print this

Without a parameter, the wheel comes from the folder of this script, else from the files of the
release, else from the index that uv or pip is set up for. It is refused unless it has the SHA-256
$($Release.Sha256)
"@

# Says whether the installed Python is in one of the ranges.
$Fits = @'
import sys
number = lambda text: tuple(map(int, text.split(".")))
ranges = [each.split("-") for each in sys.argv[1:]]
sys.exit(not any(number(low) <= sys.version_info[:3] <= number(high) for low, high in ranges))
'@

# The files of all that is installed, by the name of what has them: Python's own list of them leaves out what is missing.
$Recorded = @'
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

'@

# It notes what is there in the end, and which files never were; later it tells what has gone since.
$Whole = $Recorded + @'
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
'@

# The first time it compares the files of the package with those of the wheel, where that is at hand, and notes their hashes, with
# which it compares them later. What is put together from several files, or lies elsewhere, has no measure in the wheel.
$Same = $Recorded + @'
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
'@

function Write-Line([string]$Text) {
    Write-Information "$($Release.Name) $($Release.Version): $Text" -InformationAction Continue
}

function Get-Failure([string]$Text) {
    "$($Release.Name) $($Release.Version): $Text"
}

function Split-List([string]$Text) {
    $Text -split "`r?`n" | Where-Object { $_ -ne '' }
}

# Without a tool of that name there is nothing.
function Find-Tool([string]$Name) {
    Get-Command -Name $Name -CommandType Application -ErrorAction SilentlyContinue |
        Select-Object -First 1 -ExpandProperty Source
}

# Windows PowerShell takes what a program writes to stderr for an error, and stops at it unless it is told to go on.
function Invoke-Tool([string]$Tool, [string[]]$Arguments) {
    $ErrorActionPreference = 'Continue'
    try {
        & $Tool @Arguments 2>&1 | ForEach-Object { "$_" } | Add-Content -LiteralPath 'log.txt'
        $LASTEXITCODE -eq 0
    } catch {
        Add-Content -LiteralPath 'log.txt' -Value "$_"
        $false
    }
}

function Get-Log {
    if (Test-Path -LiteralPath 'log.txt') { (Get-Content -LiteralPath 'log.txt' | Select-Object -Last 40) -join "`n" }
}

function Get-Sha256([string]$Path) {
    (Get-FileHash -Algorithm SHA256 -LiteralPath $Path).Hash.ToLowerInvariant()
}

# --- where things are ---

function Get-Place([string]$Prefix) {
    if ($Prefix) {
        $root = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Prefix)
        $share = Join-Path $root 'share'
        $bin = Join-Path $root 'bin'
    } else {
        Assert-OwnHome
        $share = [IO.Path]::GetFullPath($env:LOCALAPPDATA)
        $bin = Join-Path (Join-Path ([IO.Path]::GetFullPath($env:USERPROFILE)) '.local') 'bin'
    }
    # Its parent may hold what the program itself keeps.
    $app = Join-Path (Join-Path $share $Release.Name) 'install'
    # The same version made again is another installation.
    $own = "$($Release.Version)-$($Release.Sha256.Substring(0, 8))"
    $environment = Join-Path $app $own
    $place = @{
        Parent   = Join-Path $share $Release.Name
        App      = $app
        Own      = $own
        Bin      = $bin
        Home     = $environment
        Scripts  = Join-Path $environment 'Scripts'
        Python   = Join-Path (Join-Path $environment 'Scripts') 'python.exe'
        Complete = Join-Path $environment '.complete'
        Record   = Join-Path $app 'written-by-install.txt'
        Command  = Join-Path $app 'written-by-install.exe'
        Lock     = Join-Path $app 'lock'
    }
    $files = @($place.Record, "$($place.Record).new", $place.Lock)
    foreach ($path in @($place.Parent, $place.App, $place.Home, $place.Command) + $files) { Assert-NoLink $path }
    foreach ($path in $files) { Assert-OwnFile $path }
    $place
}

function Assert-OwnHome {
    if (-not $env:LOCALAPPDATA -or -not $env:USERPROFILE) {
        throw (Get-Failure 'LOCALAPPDATA or USERPROFILE is not set. This is for Windows; elsewhere run install.sh. Or give the place with -Prefix FOLDER.')
    }
    foreach ($path in $env:LOCALAPPDATA, $env:USERPROFILE) {
        if ($path -notmatch '^([A-Za-z]:[\\/]|\\\\)') {
            throw (Get-Failure "$path, of LOCALAPPDATA or USERPROFILE, is no absolute path. Set it to one, or give the place with -Prefix FOLDER.")
        }
    }
}

# A link, a junction or a mounted folder.
function Test-Link([string]$Path) {
    $item = Get-Item -LiteralPath $Path -Force -ErrorAction SilentlyContinue
    $item -and ($item.Attributes -band [IO.FileAttributes]::ReparsePoint)
}

function Assert-NoLink([string]$Path) {
    if (Test-Link $Path) {
        throw (Get-Failure "$Path is a link, and nothing behind a link is touched. Remove it, or give another place with -Prefix FOLDER.")
    }
}

# The lock is empty, and a run that was killed may have left an empty file in the place of a record.
function Assert-OwnFile([string]$Path) {
    $item = Get-Item -LiteralPath $Path -Force -ErrorAction SilentlyContinue
    if (-not $item -or $item.Length -eq 0) { return }
    $first = Get-Content -LiteralPath $Path -Encoding UTF8 -TotalCount 1 -ErrorAction SilentlyContinue
    # Another run may have put it in its place just now.
    if ($first -ne $Header -and (Test-Path -LiteralPath $Path)) {
        throw (Get-Failure "$Path is not from this script, so nothing was touched. Move it away, or give another place with -Prefix FOLDER.")
    }
}

# --- what this script wrote, which is all that it removes ---

$Header = "# Written by the install script of $($Release.Name), which removes what is named here, and nothing else."

# The versions whose environments it made, and the commands that it wrote: path by path, with the hashes that they had.
# What can't be of its kind is none, so that no line leads anywhere else.
function Get-Record([hashtable]$Place) {
    $written = @{ Environments = @(); Commands = @{} }
    if (Test-Path -LiteralPath $Place.Record) {
        foreach ($line in Get-Content -LiteralPath $Place.Record -Encoding UTF8) {
            if ($line -match '^environment ([A-Za-z0-9][^\\/:]*)$') { $written.Environments += $Matches[1] }
            if ($line -match '^command ([0-9a-f]{64}) (.+\.exe)$') { Add-Hash $written $Matches[2] $Matches[1] }
        }
    }
    $written
}

function Add-Hash([hashtable]$Written, [string]$Path, [string]$Hash) {
    $Written.Commands[$Path] = @($Written.Commands[$Path] | Where-Object { $_ }) + $Hash
}

# As a whole: half a record would be worse than an old one. What it says already needs no room.
function Save-Record([hashtable]$Place, [hashtable]$Written) {
    $lines = @($Header)
    foreach ($version in $Written.Environments | Select-Object -Unique) { $lines += "environment $version" }
    foreach ($path in $Written.Commands.Keys | Sort-Object) {
        foreach ($hash in $Written.Commands[$path]) { $lines += "command $hash $path" }
    }
    if ($lines.Count -eq 1) { return Clear-File $Place.Record }
    if ((Test-Path -LiteralPath $Place.Record) -and (@(Get-Content -LiteralPath $Place.Record -Encoding UTF8) -join "`n") -eq ($lines -join "`n")) { return }
    Set-Content -LiteralPath "$($Place.Record).new" -Encoding UTF8 -Value $lines
    Move-Item -LiteralPath "$($Place.Record).new" -Destination $Place.Record -Force
}

# One run at a time: the system gives the file back when a run ends, however it ends.
function Get-Lock([hashtable]$Place) {
    try {
        $null = New-Item -ItemType Directory -Force -Path $Place.App
    } catch {
        throw (Get-Failure "$($Place.App) can't be made, so nothing was installed: $_ Give another place with -Prefix FOLDER.")
    }
    try {
        [IO.FileStream]::new($Place.Lock, [IO.FileMode]::OpenOrCreate, [IO.FileAccess]::ReadWrite, [IO.FileShare]::None, 1, [IO.FileOptions]::DeleteOnClose)
    } catch {
        throw (Get-Failure "$($Place.Lock) can't be opened: another run of this script works there. Run this again when it has ended.")
    }
}

function Close-Lock([IO.FileStream]$Lock, [hashtable]$Place) {
    $Lock.Dispose()
    Clear-IfEmpty $Place.App
    Clear-IfEmpty $Place.Parent
}

# --- where the wheel comes from ---

# The verified wheel in the working folder; nothing means: from the index.
function Get-Wheel([string]$From, [string]$Beside, [string]$Index, [switch]$Offline, [switch]$Signed) {
    $name = $Release.Wheel
    if ($From) {
        if (-not (Test-Path -LiteralPath (Join-Path $From $name))) {
            throw (Get-Failure "There is no $name in $From. Download it from the release, and put it there.")
        }
        Copy-Wheel $From
        Confirm-Signature -Folder $From -Signed:$Signed -Remote:(-not $Offline)
    } elseif ($Index) {
        # A password may stand before the host, and logs are read by others.
        Write-Line "from the index $($Index -replace '^([^:/]+://).*@', '$1')"
        Confirm-Signature -Signed:$Signed
    } elseif ($Beside -and (Test-Path -LiteralPath (Join-Path $Beside $name))) {
        Copy-Wheel $Beside
        Confirm-Signature -Folder $Beside -Signed:$Signed -Remote
    } elseif ($Release.Assets -and (Save-Asset $name $Release.Size)) {
        Write-Line 'from the files of the release'
        Confirm-Wheel ($Release.Assets + $name) 'Run this again; if it stays like this, tell those who released it.'
        Confirm-Signature -Signed:$Signed -Remote
    } else {
        Write-Line 'from the package index'
        Confirm-Signature -Signed:$Signed -Remote
    }
}

# A copy, so that what was checked is what is installed.
function Copy-Wheel([string]$Folder) {
    Write-Line "from $Folder"
    $source = Join-Path $Folder $Release.Wheel
    Copy-Item -LiteralPath $source -Destination $Release.Wheel
    Confirm-Wheel $source 'Delete it, and get it again.'
}

# No more than so many bytes: whoever sends without an end fills no disk.
function Save-Asset([string]$Name, [long]$Most) {
    $address = $Release.Assets + $Name
    # Windows PowerShell on an older system offers nothing newer than TLS 1.0 by itself.
    [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
    try {
        $answer = [Net.WebRequest]::Create($address).GetResponse()
    } catch {
        return $false
    }
    try {
        $file = [IO.File]::Create((Get-WorkPath $Name))
        try {
            Copy-Stream $address $answer.GetResponseStream() $file $Most
        } finally {
            $file.Dispose()
        }
    } finally {
        $answer.Close()
    }
}

# Whether all of it came.
function Copy-Stream([string]$Address, [IO.Stream]$From, [IO.Stream]$Into, [long]$Most) {
    $bytes = [byte[]]::new(65536)
    while ($Into.Length -le $Most) {
        try {
            $count = $From.Read($bytes, 0, $bytes.Length)
        } catch {
            return $false
        }
        if ($count -eq 0) { return $true }
        try {
            $Into.Write($bytes, 0, $count)
        } catch {
            throw (Get-Failure "$Address can't be written, so nothing was installed: $_ If there is no room, make some, or set TEMP to a folder that has it.")
        }
    }
    throw (Get-Failure "$Address has more than the $Most bytes that it may have, so nothing was installed. Run this again; if it stays like this, tell those who released it.")
}

function Confirm-Wheel([string]$Source, [string]$Next) {
    $found = Get-Sha256 $Release.Wheel
    if ($found -ne $Release.Sha256) {
        throw (Get-Failure "$Source is not the file of this release, and nothing was installed. Its SHA-256 is`n  $found, and not`n  $($Release.Sha256). $Next")
    }
    Get-WorkPath $Release.Wheel
}

# --- the signature ---

# The wheel has the SHA-256 above in any case. The signature tells that whoever has the key of the release says so, too.
function Confirm-Signature([string]$Folder, [switch]$Signed, [switch]$Remote) {
    if (-not $Release.Key) { return }
    $signature = if ($Release.Key -like 'ssh-*') { 'SHA256SUMS.sig' } else { 'SHA256SUMS.minisig' }
    $name = if ($Release.Key -like 'ssh-*') { 'ssh-keygen' } else { 'minisign' }
    $tool = Find-Tool $name
    if (-not $tool) { return Skip-Signature "there is no $name" -Signed:$Signed }
    if (-not (Copy-Signature $signature $Folder -Remote:$Remote)) {
        return Skip-Signature "there are no SHA256SUMS and $signature" -Signed:$Signed
    }
    if (-not (Test-Signature $tool $signature)) {
        if ((Get-Log) -match '(?m)^(ssh-keygen: )?(unknown|illegal|invalid|unrecognized) option') { return Skip-Signature "this $name is too old" -Signed:$Signed }
        throw (Get-Failure "The signature of SHA256SUMS is not right, and nothing was installed. Get the files of the release again; if they stay like this, tell those who released it.`n$(Get-Log)")
    }
    if ((Get-Content -LiteralPath 'SHA256SUMS') -cnotcontains "$($Release.Sha256)  $($Release.Wheel)") {
        throw (Get-Failure "SHA256SUMS is signed, and names another $($Release.Wheel) than this script, so nothing was installed. Get the script of that release.")
    }
    Write-Line 'the signature of the release is right'
}

function Skip-Signature([string]$Reason, [switch]$Signed) {
    if ($Signed) { throw (Get-Failure "The signature could not be checked, so nothing was installed: $Reason.") }
    Write-Line "the signature was not checked: $Reason"
}

# From where the wheel is, else from the files of the release, unless everything has to come from elsewhere.
function Copy-Signature([string]$Signature, [string]$Folder, [switch]$Remote) {
    $names = 'SHA256SUMS', $Signature
    if ($Folder -and -not ($names | Where-Object { -not (Test-Path -LiteralPath (Join-Path $Folder $_)) })) {
        foreach ($name in $names) { Copy-Item -LiteralPath (Join-Path $Folder $name) -Destination $name }
        return $true
    }
    $Remote -and $Release.Assets -and (Save-Asset 'SHA256SUMS' 1MB) -and (Save-Asset $Signature 1MB)
}

# What goes through a pipe of PowerShell has other line ends; the command line of Windows hands the file on as it is.
function Test-Signature([string]$Tool, [string]$Signature) {
    if ($Signature -eq 'SHA256SUMS.minisig') {
        return Invoke-Tool $Tool @('-V', '-P', $Release.Key, '-m', 'SHA256SUMS', '-x', $Signature)
    }
    Set-Content -LiteralPath 'signers' -Encoding ASCII -Value "release namespaces=`"file`" $($Release.Key)"
    # The shell reads it in the code page of the machine, and a percent sign as the beginning of a variable.
    Set-Content -LiteralPath 'verify.cmd' -Encoding OEM -Value "@`"$($Tool.Replace('%', '%%'))`" -Y verify -f signers -I release -n file -s $Signature < SHA256SUMS"
    Invoke-Tool "$env:SystemRoot\System32\cmd.exe" @('/d', '/c', 'verify.cmd')
}

# --- the environment ---

# The tool that installs into the new environment: the words before what it shall do.
function Install-Environment([hashtable]$Place) {
    $wanted = if ($Release.Python) { $Release.Python } else { '>=3' }
    $uv = Find-Tool 'uv'
    # uv reads settings in the folder where it runs and in all above it, and what is above a working folder may be everybody's.
    $apart = @('--directory', [IO.Path]::GetPathRoot($Place.Home))
    if ($uv -and (Invoke-Tool $uv ($apart + @('venv', '--python', $wanted, $Place.Home)))) {
        $pip = $apart + @('pip')
        $python = @('--python', $Place.Python)
        return @{
            Tool  = $uv
            Words = $pip + @('install', '--quiet') + $python
            Check = $pip + @('check') + $python
            Again = @('--reinstall-package', $Release.Name)
            # uv reads a bare address as a path again, and an old pip knows no name before one.
            Named = "$($Release.Name) @ "
        }
    }
    $pip = @('-I', '-m', 'pip')
    $quiet = @('install', '--quiet', '--disable-pip-version-check', '--no-input')
    foreach ($candidate in Get-Candidate) {
        Clear-Folder $Place.Home
        if (-not (Invoke-Tool $candidate (@('-I', 'fits.py') + (Split-List $Release.Pythons)))) {
            Add-Content -LiteralPath 'log.txt' -Value "$candidate is no Python $wanted"
            continue
        }
        if (Invoke-Tool $candidate @('-I', '-m', 'venv', $Place.Home)) {
            return @{
                Tool  = $Place.Python
                Words = $pip + $quiet
                Check = $pip + @('check')
                Again = @('--force-reinstall')
                Named = ''
            }
        }
    }
    throw (Get-Failure "There is no Python $wanted that can make an environment. Install uv, which brings its own; or Python, by 'winget install Python.Python.3.12'.`n$(Get-Log)")
}

function Get-Candidate {
    $ErrorActionPreference = 'Continue'
    foreach ($name in 'python', 'python3') { Find-Tool $name }
    # The launcher knows others. It is not asked for one by its version: it might fetch that.
    $py = Find-Tool 'py'
    if ($py) {
        & $py '--list-paths' 2>$null | ForEach-Object { if ("$_" -match '([A-Za-z]:\\.*\.exe)\s*$') { $Matches[1] } }
    }
    # pipx may live on a Python that is not on PATH.
    $pipx = Find-Tool 'pipx'
    if ($pipx) { & $pipx environment --value PIPX_DEFAULT_PYTHON 2>$null }
}

# The package comes first: where a dependency asks for it, no index need have it.
# If another copy is in its place in the end, the one that has the SHA-256 is put there again.
function Install-Package([hashtable]$Tool, [hashtable]$Place, [string]$Wheel, [string]$Index, [string]$From, [switch]$Offline) {
    Set-Content -LiteralPath 'same.py' -Encoding ASCII -Value $Same
    Install-Own $Tool $Wheel $Index
    if (-not (Test-Same $Place $Wheel)) {
        throw (Get-Failure "The installation was no error, and $($Release.Name) is not there, or not as its wheel has it; nothing of it is left. See what the settings of pip or uv put in its place (overrides); if no reason is below, tell those who released it.`n$(Get-Log)")
    }
    Install-Dependency $Tool $From -Offline:$Offline
    if (-not (Test-Same $Place $Wheel)) {
        Install-Own $Tool $Wheel $Index
        if (-not (Test-Same $Place $Wheel)) {
            throw (Get-Failure "Something else takes the place of $($Release.Name), and nothing of it is left.`n$(Get-Log)")
        }
    }
    Assert-Dependency $Tool
}

# An empty word is lost on its way to a program.
function Test-Same([hashtable]$Place, [string]$Wheel) {
    $measure = if ($Wheel) { $Wheel } else { 'none' }
    Invoke-Tool $Place.Python @('-I', 'same.py', $Release.Name, (Get-WorkPath 'placed.txt'), $measure)
}

# A tool that finds the version there would ask for no SHA-256.
function Install-Own([hashtable]$Tool, [string]$Wheel, [string]$Index) {
    if ($Wheel) {
        $what = @('--no-deps', '--no-index', "$($Tool.Named)$(Get-FileAddress $Wheel)")
    } else {
        Set-Content -LiteralPath 'package.txt' -Encoding ASCII -Value "$($Release.Name)==$($Release.Version) --hash=sha256:$($Release.Sha256)"
        $what = @('--no-deps', '--only-binary', ':all:', '--require-hashes', '--requirement', (Get-WorkPath 'package.txt'))
    }
    # By variables, which every uv takes: its option has another name in an older one.
    $settings = @{}
    if ($Index) { $settings = @{ PIP_INDEX_URL = $Index; UV_DEFAULT_INDEX = $Index; UV_INDEX_URL = $Index } }
    if (-not (Invoke-WithSetting $settings { Invoke-Tool $Tool.Tool ($Tool.Words + $Tool.Again + $what) })) {
        throw (Get-Failure "The installation failed, and nothing of it is left.`n$(Get-Log)")
    }
}

# Settings may leave out what dependencies depend on.
function Assert-Dependency([hashtable]$Tool) {
    Clear-File 'log.txt'
    if (Invoke-Tool $Tool.Tool $Tool.Check) { return }
    $missing = Select-String -LiteralPath 'log.txt' -SimpleMatch 'not installed'
    if ($missing) {
        throw (Get-Failure "Not all of the dependencies were installed, and nothing of it is left. See what the settings of pip or uv leave out.`n$(($missing | ForEach-Object { $_.Line }) -join "`n")")
    }
}

function Install-Dependency([hashtable]$Tool, [string]$From, [switch]$Offline) {
    if (-not $Release.Requirements) { return }
    Set-Content -LiteralPath 'version.txt' -Encoding ASCII -Value "$($Release.Name)==$($Release.Version)"
    Set-Content -LiteralPath 'requirements.txt' -Encoding ASCII -Value (@('--constraint version.txt') + (Split-List $Release.Requirements))
    $listed = @('--requirement', (Get-WorkPath 'requirements.txt'))
    if ($From) {
        $folder = Get-FileAddress $From
        if (Invoke-Tool $Tool.Tool ($Tool.Words + @('--no-index', '--find-links', $folder) + $listed)) { return }
        if ($Offline) {
            throw (Get-Failure "Not all dependencies are in $From, and nothing was installed. Put their wheels there, or leave -Offline out.`n$(Get-Log)")
        }
        $listed += @('--find-links', $folder)
    }
    if (-not (Invoke-Tool $Tool.Tool ($Tool.Words + $listed))) {
        throw (Get-Failure "The dependencies can't be had, and nothing was installed.`n$(Get-Log)")
    }
}

# uv takes a path apart at commas, and reads other signs in it as those of a requirement.
function Get-FileAddress([string]$Path) {
    $escaped = [Uri]::EscapeDataString($Path.Replace('\', '/')).Replace('%2F', '/').Replace('%3A', ':')
    if ($escaped.StartsWith('//')) { "file:$escaped" } else { "file:///$escaped" }
}

function Get-WorkPath([string]$Name) { Join-Path (Get-Location -PSProvider FileSystem).ProviderPath $Name }

# --- the commands ---

function Assert-OwnPlace([hashtable]$Place) {
    $written = Get-Record $Place
    if ((Test-Path -LiteralPath $Place.Home) -and $written.Environments -notcontains $Place.Own) {
        throw (Get-Failure "$($Place.Home) is there already, and not from this script. Move it away, or install elsewhere with -Prefix FOLDER.")
    }
    foreach ($command in Split-List $Release.Commands) {
        $path = Join-Path $Place.Bin "$command.exe"
        if ((Test-Path -LiteralPath $path) -and -not (Test-OwnCommand $path $written)) {
            throw (Get-Failure "$path is there already, and not from this script. Remove it, or install elsewhere with -Prefix FOLDER.")
        }
    }
}

# Named in the record, and still the file that was written.
function Test-OwnCommand([string]$Path, [hashtable]$Written) {
    (Test-Path -LiteralPath $Path -PathType Leaf) -and -not (Test-Link $Path) -and $Written.Commands[$Path] -contains (Get-Sha256 $Path)
}

# The launchers know where their environment is, so a copy of one works anywhere. Those of an earlier version go, with the version.
function Copy-Command([hashtable]$Place) {
    Assert-OwnPlace $Place
    $null = New-Item -ItemType Directory -Force -Path $Place.Bin
    $written = Get-Record $Place
    $wanted = @()
    foreach ($command in Split-List $Release.Commands) {
        $path = Join-Path $Place.Bin "$command.exe"
        Copy-Launcher $Place $written (Join-Path $Place.Scripts "$command.exe") $path
        $wanted += $path
    }
    Clear-Command $written $wanted
    Save-Record $Place $written
}

# Nothing that works goes before what takes its place is there, and the record names both until then.
function Copy-Launcher([hashtable]$Place, [hashtable]$Written, [string]$Made, [string]$Path) {
    $hash = Get-Sha256 $Made
    if ((Test-OwnCommand $Path $Written) -and (Get-Sha256 $Path) -eq $hash) { return }
    Copy-Item -LiteralPath $Made -Destination $Place.Command
    Add-Hash $Written $Path $hash
    Save-Record $Place $Written
    Move-Item -LiteralPath $Place.Command -Destination $Path -Force
    $Written.Commands[$Path] = @($hash)
}

function Clear-Other([hashtable]$Place) {
    $written = Get-Record $Place
    foreach ($version in $written.Environments) {
        if ($version -ne $Place.Own) { Clear-Folder (Join-Path $Place.App $version) }
    }
    $written.Environments = @($Place.Own)
    Save-Record $Place $written
}

function Clear-Command([hashtable]$Written, [string[]]$Kept) {
    foreach ($path in @($Written.Commands.Keys | Where-Object { $Kept -notcontains $_ })) {
        if (Test-OwnCommand $path $Written) { Clear-File $path }
        $Written.Commands.Remove($path)
    }
}

function Clear-File([string]$Path) {
    if (Test-Path -LiteralPath $Path) { Remove-Item -LiteralPath $Path -Force }
}

# Remove-Item of Windows PowerShell goes through junctions; this removes the junction alone.
function Clear-Folder([string]$Path) {
    Assert-NoLink $Path
    if (Test-Path -LiteralPath $Path -PathType Container) { [IO.Directory]::Delete($Path, $true) }
}

function Clear-IfEmpty([string]$Path) {
    if ((Test-Path -LiteralPath $Path) -and -not (Get-ChildItem -LiteralPath $Path -Force)) { Remove-Item -LiteralPath $Path -Force }
}

function Write-PathAdvice([hashtable]$Place) {
    if (($env:Path -split ';') -contains $Place.Bin) { return }
    $line = "[Environment]::SetEnvironmentVariable('Path', '$($Place.Bin.Replace("'", "''"));' + [Environment]::GetEnvironmentVariable('Path', 'User'), 'User')"
    Write-Line "$($Place.Bin) is not on PATH. Run this line, and open a new window:`n`n  $line`n"
}

# --- what it does ---

function Install-Release([hashtable]$Place, [string]$From, [string]$Beside, [string]$Index, [switch]$Offline, [switch]$Signed) {
    $installed = Test-Installed $Place
    if (-not $installed) {
        Assert-OwnPlace $Place
        $wheel = Get-Wheel -From $From -Beside $Beside -Index $Index -Offline:$Offline -Signed:$Signed
    }
    $lock = Get-Lock $Place
    try {
        if ($installed) {
            # Whoever had the lock until now may have put another version in its place.
            if (-not (Test-Complete $Place)) {
                throw (Get-Failure "Another run of this script has just removed $($Place.Home). Run this again.")
            }
            Write-Line "is installed already, in $($Place.Home)"
        } else {
            Initialize-Environment -Place $Place -Wheel $wheel -From $From -Index $Index -Offline:$Offline
        }
        Copy-Command $Place
        Clear-Other $Place
    } finally {
        Close-Lock $lock $Place
    }
    Write-Line "$((Split-List $Release.Commands) -join ' ') in $($Place.Bin)"
    Write-PathAdvice $Place
}

# Complete once, and what stands in it still there: its Python may have been taken away.
function Test-Installed([hashtable]$Place) {
    if ((Get-Record $Place).Environments -notcontains $Place.Own) { return $false }
    if (-not (Test-Complete $Place)) { return $false }
    if ((Test-Whole $Place 'look') -and (Test-Run $Place)) { return $true }
    Write-Line "is in $($Place.Home), and broken: it is made anew`n$(Get-Log)"
    $false
}

function Test-Whole([hashtable]$Place, [string]$Task) {
    Set-Content -LiteralPath 'whole.py' -Encoding ASCII -Value $Whole
    Invoke-Tool $Place.Python @('-I', 'whole.py', $Task)
}

function Test-Complete([hashtable]$Place) {
    (Test-Path -LiteralPath $Place.Complete) -and (Get-Content -LiteralPath $Place.Complete -TotalCount 1) -eq $Release.Sha256
}

# As far as there is a command that only prints something.
function Test-Run([hashtable]$Place) {
    $words = @(Split-List $Release.Check)
    if ($words.Count -eq 0) { return $true }
    Invoke-Tool (Join-Path $Place.Scripts "$($words[0]).exe") @($words | Select-Object -Skip 1)
}

function Initialize-Environment([hashtable]$Place, [string]$Wheel, [string]$From, [string]$Index, [switch]$Offline) {
    $written = Get-Record $Place
    $before = "$($Place.Home).before"
    $written.Environments = @($written.Environments) + $Place.Own + "$($Place.Own).before"
    Save-Record $Place $written
    try {
        # What is broken may do more for its user than nothing: where no new one can be made, it is brought back.
        if (Test-Complete $Place) {
            Clear-Folder $before
            [IO.Directory]::Move($Place.Home, $before)
        }
        Clear-Folder $Place.Home
        Set-Content -LiteralPath 'fits.py' -Encoding ASCII -Value $Fits
        $tool = Install-Environment $Place
        Install-Package -Tool $tool -Place $Place -Wheel $Wheel -Index $Index -From $From -Offline:$Offline
        foreach ($command in Split-List $Release.Commands) {
            if (-not (Test-Path -LiteralPath (Join-Path $Place.Scripts "$command.exe"))) {
                throw (Get-Failure "The wheel made no command $command. Tell those who released it.")
            }
        }
        if (-not (Test-Run $Place)) {
            throw (Get-Failure "It does not run here, and nothing of it is left: $((Split-List $Release.Check) -join ' ') failed.`n$(Get-Log)")
        }
        if (-not (Test-Whole $Place 'note')) {
            throw (Get-Failure "What was installed can't be noted in $($Place.Home), and nothing of it is left.`n$(Get-Log)")
        }
        Set-Content -LiteralPath $Place.Complete -Encoding ASCII -Value $Release.Sha256
    } finally {
        if (-not (Test-Complete $Place)) {
            Clear-Folder $Place.Home
            $gone = @("$($Place.Own).before")
            if (Test-Path -LiteralPath $before -PathType Container) {
                Assert-NoLink $before
                [IO.Directory]::Move($before, $Place.Home)
                Write-Line "what was in $($Place.Home) before is there again, as it was"
            } else {
                $gone += $Place.Own
            }
            $written.Environments = @($written.Environments | Where-Object { $gone -notcontains $_ })
            Save-Record $Place $written
        }
    }
}

function Uninstall-Release([hashtable]$Place) {
    if (-not (Test-Path -LiteralPath $Place.Record)) {
        if (Test-Path -LiteralPath $Place.App) { throw (Get-Failure "$($Place.App) is not from this script, so nothing was removed.") }
        Write-Line "is not installed in $($Place.Parent)"
        return
    }
    $lock = Get-Lock $Place
    try {
        $written = Get-Record $Place
        Clear-Command $written
        foreach ($version in $written.Environments) { Clear-Folder (Join-Path $Place.App $version) }
        Clear-File $Place.Record
        Clear-File "$($Place.Record).new"
        Clear-File $Place.Command
    } finally {
        Close-Lock $lock $Place
    }
    if (Test-Path -LiteralPath $Place.App) { Write-Line "What is not from this script is left in $($Place.App)" }
    Write-Line "is removed from $($Place.Parent) and $($Place.Bin)"
}

# Neither pip nor uv shall read what lies where the caller happens to be.
function Invoke-InOwnFolder([scriptblock]$Work, [hashtable]$Variables) {
    $folder = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
    $null = New-Item -ItemType Directory -Path $folder
    Push-Location -LiteralPath $folder
    try {
        Invoke-WithSetting $Variables $Work
    } finally {
        Pop-Location
        Clear-Folder $folder
    }
}

function Invoke-WithSetting([hashtable]$Variables, [scriptblock]$Work) {
    $before = @{}
    foreach ($name in $Variables.Keys) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $Variables[$name])
    }
    try {
        & $Work
    } finally {
        foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    }
}

# Settings of another environment must not lead out of this one, nor leave out what is needed here.
function Get-Setting([string]$Python, [string]$Mirror, [switch]$Offline) {
    $settings = @{ PIP_FORCE_REINSTALL = '0'; PIP_IGNORE_INSTALLED = '0'; PIP_NO_DEPS = '0'; PIP_QUIET = '0'; PIP_USER = '0' }
    $settings['PIP_PYTHON'] = $Python
    foreach ($name in 'PIP_ABI', 'PIP_DRY_RUN', 'PIP_IMPLEMENTATION', 'PIP_NO_DEPENDENCIES', 'PIP_PLATFORM', 'PIP_PYTHON_VERSION', 'PIP_REPORT', 'PIP_TARGET', 'PIP_PREFIX', 'PIP_ROOT', 'UV_EXCLUDE', 'UV_PREFIX', 'UV_PROJECT', 'UV_PYTHON', 'UV_SYSTEM_PYTHON', 'UV_TARGET', 'UV_WORKING_DIR') {
        $settings[$name] = $null
    }
    # What others than Python read (PYTHON_KEYRING_BACKEND) stays.
    foreach ($name in [Environment]::GetEnvironmentVariables().Keys) {
        if ($name -match '^PYTHON[A-Z0-9]*$') { $settings[$name] = $null }
    }
    if ($Mirror) { $settings += Get-MirrorSetting $Mirror }
    if ($Offline) { $settings['UV_OFFLINE'] = '1' }
    # Nothing takes back what these files say of it, so one that leads elsewhere is not read.
    if (Test-LeadingElsewhere 'pip\pip.ini' $env:PIP_CONFIG_FILE 'target|prefix|root|dry-run') { $settings['PIP_CONFIG_FILE'] = 'nul' }
    if (Test-LeadingElsewhere 'uv\uv.toml' $env:UV_CONFIG_FILE 'target|prefix|no-deps|exclude-dependencies|python-platform|python-version') {
        $settings['UV_CONFIG_FILE'] = $null
        $settings['UV_NO_CONFIG'] = '1'
    }
    $settings
}

# pip's variables come before its files, which may also name a proxy or a certificate. A blank is an empty list to it, and an empty text is no word at all.
# Among the lists are those of requirements and constraints, which may name an address, too. What uv's files say can only be left unread as a whole.
function Get-MirrorSetting([string]$Mirror) {
    $settings = @{ PIP_INDEX_URL = $Mirror; PIP_NO_INDEX = '0'; UV_DEFAULT_INDEX = $Mirror; UV_INDEX_URL = $Mirror; UV_CONFIG_FILE = $null; UV_NO_CONFIG = '1' }
    foreach ($name in 'PIP_EXTRA_INDEX_URL', 'PIP_FIND_LINKS', 'PIP_BUILD_CONSTRAINT', 'PIP_CONSTRAINT', 'PIP_EDITABLE', 'PIP_REQUIREMENT') {
        $settings[$name] = ' '
    }
    foreach ($name in 'UV_BUILD_CONSTRAINT', 'UV_CONSTRAINT', 'UV_EXTRA_INDEX_URL', 'UV_FIND_LINKS', 'UV_INDEX', 'UV_OVERRIDE', 'UV_TORCH_BACKEND') {
        $settings[$name] = $null
    }
    $settings
}

function Test-LeadingElsewhere([string]$Name, [string]$Named, [string]$Words) {
    $files = @($Named) + @($env:APPDATA, $env:ProgramData, $env:USERPROFILE | Where-Object { $_ } | ForEach-Object { Join-Path $_ $Name })
    foreach ($file in $files | Where-Object { $_ -and (Test-Path -LiteralPath $_ -PathType Leaf) }) {
        if (Select-String -LiteralPath $file -Pattern "(^|[\s{,.`"'])($Words)[`"']?\s*[=:]" -Quiet) {
            Write-Line "$file leads out of the environment, or leaves out what is needed, so that none of its settings are read"
            return $true
        }
    }
    $false
}

if ($Help) { return $Usage }
if ($Version) { return "$($Release.Name) $($Release.Version)" }
if (($Index -or $Mirror) -and ($From -or $Offline)) { throw (Get-Failure '-Index and -Mirror are for the network, -From and -Offline are not') }
if (($Index + $Mirror) -notmatch '^$|^[A-Za-z][^:/]*://') { throw (Get-Failure '-Index and -Mirror need an address that begins with https:// or the like') }
if ($Signed -and -not $Release.Key) { throw (Get-Failure '-Signed is for releases that are signed, and this one has no key') }
if ($Index -and $Mirror) { throw (Get-Failure '-Mirror is an index for everything: give that or -Index') }
$Place = Get-Place $Prefix
if ($Uninstall) { return Uninstall-Release $Place }
# A script that was read from a pipe lies nowhere.
$Beside = $PSScriptRoot
if ($Offline -and -not $From) {
    if (-not $Beside) { throw (Get-Failure '-Offline needs -From FOLDER when the script is not a file') }
    $From = $Beside
}
if ($From) { $From = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($From) }
Invoke-InOwnFolder -Variables (Get-Setting $Place.Python $Mirror -Offline:$Offline) -Work {
    Install-Release -Place $Place -From $From -Beside $Beside -Index ($Index + $Mirror) -Offline:$Offline -Signed:$Signed
}

}
