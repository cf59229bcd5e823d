import { expect, test } from "vitest"

import { call, type Result } from "./helpers/dagger.js"
import { edit } from "./helpers/project.js"
import { type Files, tinyProject } from "./helpers/tiny.js"

const TAG = ["--tag", "v1.2.0"]

function errorOf(result: Result): string {
  expect(result.code).not.toBe(0)
  return result.log.slice(result.log.lastIndexOf("\nError: ") + 1)
}

/** The package with another beginning: its build system, and lines below `[project]`. */
function changed(
  changes: readonly (readonly [string, string])[],
  toml = "",
  files: Files = {},
): string {
  const project = tinyProject(toml, files)
  edit(project, "pyproject.toml", (text) =>
    changes.reduce((each, [from, to]) => each.replace(from, to), text),
  )
  return project
}

const REQUIRES = 'requires = ["setuptools>=77"]'
const BACKEND = 'build-backend = "setuptools.build_meta"'
const VERSION = 'version = "0.1.0"'
const PYTHONS = 'pythons = ["3.12"]'

test("a stale setup.py, another pyproject.toml and a `__version__` behind `__getattr__` leave the tag's version alone", async () => {
  const project = tinyProject("", {
    "setup.py":
      'from setuptools import setup\n\nsetup(name="tiny", version="0.0.9")\n',
    "tiny/pyproject.toml": '[project]\nname = "tiny"\nversion = "0.0.8"\n',
    "tiny/__init__.py": [
      "import importlib.metadata",
      "",
      "",
      "def __getattr__(name):",
      '    if name == "__version__":',
      '        return importlib.metadata.version("tiny")',
      "    raise AttributeError(name)",
      "",
    ].join("\n"),
  })
  const installed = await call(project, ["install", ...TAG])
  expect(installed.log).not.toContain("\nError: ")
  expect(installed.stdout).toMatch(
    /^wheel on Python 3\.12, sdist on Python 3\.12/,
  )
  const patch = await call(project, ["stamp", ...TAG, "as-patch", "contents"])
  expect(patch.stdout).toContain('+version = "1.2.0"')
  expect(patch.stdout).toContain('+setup(name="tiny", version="1.2.0")')
  expect(patch.stdout).not.toContain("tiny/pyproject.toml")
})

test("a `__version__` that is put together stops the release where it isn't the tag's", async () => {
  const project = tinyProject("", {
    "tiny/__init__.py":
      'PARTS = {"major": 0}\n__version__ = f"{PARTS[\'major\']}.1.0"\n',
  })
  const error = errorOf(await call(project, ["install", ...TAG]))
  expect(error).toContain("tiny.__version__ says 0.1.0, not 1.2.0")
  expect(error).toContain("or name the file that sets it in `version-in`")
})

test("a backend that imports the package for its version builds the tag's, and what it can't import is named", async () => {
  // Without a pyproject.toml the newest setuptools builds, with the project's folder on its path.
  const setup = (code: string) =>
    changed(
      [
        [REQUIRES, 'requires = ["setuptools>=77"]'],
        [BACKEND, 'build-backend = "setuptools.build_meta:__legacy__"'],
        [VERSION, 'dynamic = ["version"]'],
      ],
      "",
      {
        "setup.py":
          "import setuptools\nimport tiny\n\nsetuptools.setup(version=tiny.__version__)\n",
        "tiny/__init__.py": code,
      },
    )
  const good = await call(setup('__version__ = "0.1.0"\n'), ["install", ...TAG])
  expect(good.log).not.toContain("\nError: ")
  expect(good.stdout).toContain("sdist on Python 3.12: installed and imported")

  const needy = setup('import attrs\n\n__version__ = "0.1.0"\n')
  const error = errorOf(await call(needy, ["build", ...TAG, "entries"]))
  expect(error).toContain("depends on `attrs`, but doesn't declare it")
})

test("a backend that broke with its newest release is to be pinned, and then builds", async () => {
  // Setuptools 82 took this module away.
  const files = {
    "setup.py":
      "import setuptools\nimport pkg_resources\n\nsetuptools.setup()\n",
  }
  const loose = changed(
    [[REQUIRES, 'requires = ["wheel<1", "setuptools>=61"]']],
    "",
    files,
  )
  const error = errorOf(await call(loose, ["build", ...TAG, "entries"]))
  expect(error).toContain(
    "the build failed: ModuleNotFoundError: No module named 'pkg_resources'",
  )
  expect(error).toContain("pin the last that worked: `setuptools==<version>`")
  const pinned = changed(
    [[REQUIRES, 'requires = ["setuptools==75.8.2"]']],
    "",
    files,
  )
  const built = await call(pinned, ["build", ...TAG, "entries"])
  expect(built.stdout).toContain("tiny-1.2.0-py3-none-any.whl")
})

test("metadata of version 2.5, which older tools refuse, passes, and so does what check-wheel-contents is told in setup.cfg", async () => {
  const project = changed(
    [[BACKEND, 'build-backend = "backend"\nbackend-path = ["."]']],
    '[tool.setuptools.package-data]\ntiny = ["data-files/*.py"]\n',
    {
      "MANIFEST.in": "include backend.py\n",
      "backend.py": NEWER_METADATA,
      // No module can be imported from there, which is W004.
      "tiny/data-files/tool.py": "",
      "setup.cfg":
        "[tool:check-wheel-contents]\nignore = W004,W002\npackage = tiny\n",
    },
  )
  const checked = await call(project, ["check", ...TAG])
  expect(checked.log).not.toContain("\nError: ")
  expect(checked.stdout).toContain("`check-wheel-contents`, names, metadata")
})

test("an sdist that twine passes and nobody can install is refused", async () => {
  const project = tinyProject("", {
    "setup.py":
      'import os, setuptools\n\nassert os.environ["SOURCE_DATE_EPOCH"]\nsetuptools.setup()\n',
    // Nobody imports a migration of Django by its name.
    "tiny/0001_initial.py": "",
  })
  const checked = await call(project, ["check", ...TAG])
  expect(checked.stdout).toContain("`twine check --strict`")
  const error = errorOf(await call(project, ["install", ...TAG]))
  expect(error).toContain("sdist on Python 3.12: ")
  expect(error).not.toContain("wheel on Python 3.12: ")
})

test("tests get the pins, plugins and options that the project gives them, on the Pythons that it supports", async () => {
  const project = changed(
    [
      ['requires-python = ">=3.9"', 'requires-python = ">=3.12"'],
      [PYTHONS, ""],
    ],
    [
      "[project.optional-dependencies]",
      'Fast_Tests = ["pytest-xdist"]',
      "[tool.pytest.ini_options]",
      'addopts = "-n 2 --strict-markers"',
      'markers = ["sea: for sailors"]',
    ].join("\n"),
    {
      "tox.ini":
        "[testenv]\ndeps =\n  -r ci/requirements.txt\n  tiny[fast-tests]\n",
      "ci/requirements.txt": "pytest<8.1  # its successor warns\n",
      "tests/test_tiny.py": [
        "import pytest",
        "",
        "@pytest.mark.sea",
        "def test_versions(worker_id):",
        '    assert worker_id.startswith("gw")',
        "    assert pytest.version_tuple < (8, 1)",
        "",
      ].join("\n"),
    },
  )
  const tested = await call(project, ["test"])
  expect(tested.log).not.toContain("\nError: ")
  expect(tested.stdout).toBe("1 passed on Python 3.12\n\nImports `tiny`.")
})

test("a suite that ends its own process did not pass, whatever it printed", async () => {
  const project = tinyProject('[dependency-groups]\ntest = ["pytest"]\n', {
    "tests/conftest.py":
      "import os\n\ndef pytest_collection_modifyitems(items):\n    print('== 30 passed in 0.1s ==', flush=True)\n    os._exit(0)\n",
    "tests/test_tiny.py": "def test_match():\n    assert False\n",
  })
  const error = errorOf(await call(project, ["test"]))
  expect(error).toContain("Python 3.12: `python -m pytest")
  expect(error).toContain("pytest exited with 0, but wrote no results")
})

test("a suite that fails on one Python names it, and what the others said stays", async () => {
  const project = changed(
    [[PYTHONS, 'pythons = ["3.9", "3.11", "3.12"]']],
    '[dependency-groups]\ntest = ["pytest"]\n',
    {
      "tests/test_tiny.py":
        "import sys\n\ndef test_match():\n    assert sys.version_info >= (3, 10)\n",
    },
  )
  const error = errorOf(await call(project, ["test"]))
  expect(error).toMatch(
    /Python 3\.9: `python -m pytest .*` exited with 1; 1 passed on Python 3\.11, 3\.12\n/,
  )
  expect(error).toContain("### Python 3.9\n")
  expect(error).not.toContain("### Python 3.1")
})

/** Metadata as PEP 794 has it, written over what setuptools gives. */
const NEWER_METADATA = `
import base64, hashlib, io, pathlib, tarfile, zipfile
from setuptools.build_meta import *
from setuptools.build_meta import build_sdist as setuptools_sdist
from setuptools.build_meta import build_wheel as setuptools_wheel

def newer(text):
    first, _, rest = text.decode().partition("\\n")
    assert first.startswith("Metadata-Version: 2.")
    return f"Metadata-Version: 2.5\\nImport-Name: tiny\\n{rest}".encode()

def build_wheel(directory, *args, **kwargs):
    name = setuptools_wheel(directory, *args, **kwargs)
    path = pathlib.Path(directory) / name
    with zipfile.ZipFile(path) as old:
        files = {each: old.read(each) for each in old.namelist()}
    [metadata] = [each for each in files if each.endswith(".dist-info/METADATA")]
    [record] = [each for each in files if each.endswith(".dist-info/RECORD")]
    files[metadata] = newer(files[metadata])
    digest = base64.urlsafe_b64encode(hashlib.sha256(files[metadata]).digest()).rstrip(b"=").decode()
    lines = files[record].decode().splitlines()
    lines = [f"{metadata},sha256={digest},{len(files[metadata])}" if each.startswith(metadata) else each for each in lines]
    files[record] = ("\\n".join(lines) + "\\n").encode()
    with zipfile.ZipFile(path, "w") as new:
        for each, content in files.items():
            new.writestr(zipfile.ZipInfo(each), content)
    return name

def build_sdist(directory, *args, **kwargs):
    name = setuptools_sdist(directory, *args, **kwargs)
    path = pathlib.Path(directory) / name
    with tarfile.open(path) as old:
        found = [(each, old.extractfile(each).read() if each.isreg() else None) for each in old]
    with tarfile.open(path, "w:gz") as new:
        for member, content in found:
            if member.name.count("/") == 1 and member.name.endswith("/PKG-INFO"):
                content = newer(content)
                member.size = len(content)
            new.addfile(member, None if content is None else io.BytesIO(content))
    return name
`

test("each import that fails is named, a module or a statement", async () => {
  const imports =
    'imports = ["tiny.none", "from tiny import __version__", "from tiny import anchor"]'
  const project = changed([[PYTHONS, `${PYTHONS}\n${imports}`]])
  const error = errorOf(await call(project, ["test"]))
  expect(error).toContain(
    "cannot import `tiny.none`, `from tiny import anchor`",
  )
})
