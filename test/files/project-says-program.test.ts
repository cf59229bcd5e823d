import { expect, test } from "vitest"

import { sdistFrom } from "../helpers/sdists.js"

test("of a static project it is told what that requires and is found by, and nothing of what is dynamic", () => {
  const toml = [
    "[project]",
    'dependencies = ["Six >=1, <2; python_version > \\"3\\""]',
    'optional-dependencies.test = ["pytest[b,a]"]',
    'scripts.quay = "boat:main"',
    'entry-points.pytest11.boat = "boat.plugin"',
  ].join("\n")
  const of = (text: string) =>
    sdistFrom({ "pyproject.toml": text }, { "pyproject.toml": text }).stated
  expect(of(toml)).toEqual({
    requires: [
      "pytest[a][b] for test",
      'six <2,>=1 where python_version > "3"',
    ],
    entryPoints: [
      { group: "console_scripts", name: "quay", value: "boat:main" },
      { group: "pytest11", name: "boat", value: "boat.plugin" },
    ],
  })
  const dynamic = '[project]\ndynamic = ["dependencies", "scripts"]\n'
  expect(of(dynamic)).toEqual({})
  expect(of("[tool.poetry]\n")).toEqual({})
})

const STATIC = [
  "[project]",
  'name = "boat"',
  'description = "A boat."',
  'readme = "README.md"',
  'license = "MIT"',
  'requires-python = ">=3.9,<4"',
  'dependencies = ["idna"]',
  "optional-dependencies.old = ['six>=1; python_version > \"3\"']",
  'optional-dependencies.all = ["boat[old]"]',
  'urls.Homepage = "https://boat.example"',
  'authors = [{ name = "Jo Ångström", email = "jo@boat.example" }, { name = "Ada" }]',
  'maintainers = [{ email = "crew@boat.example" }]',
  'keywords = ["boat", "sea faring"]',
  'classifiers = ["Topic :: Utilities"]',
].join("\n")
/** As backends write it, each a little otherwise. */
const ABOUT = [
  "Metadata-Version: 2.4",
  "Name: boat",
  "Version: 1.0",
  "Summary: A boat.",
  "Description-Content-Type: text/markdown; charset=UTF-8",
  "Provides-Extra: old",
  "License-Expression: MIT",
  "Home-page: https://boat.example/",
  "Requires-Python: <4, >=3.9",
  "Author: Ada",
  "Author-email: =?utf-8?q?Jo_=C3=85ngstr=C3=B6m?= <jo@boat.example>",
  "Maintainer-email: crew@boat.example",
  "Keywords: sea faring,boat",
  "Classifier: Topic :: Utilities",
  "Requires-Dist: idna",
  "Requires-Dist: six>=1; (python_version > '3') and extra == 'old'",
  "Requires-Dist: six>=1; extra == 'all' and '3' < python_version",
  "",
  "# Boat",
  "",
].join("\n")

function aboutOf(text: string, toml = STATIC) {
  const here = { "pyproject.toml": toml, "README.md": "# Boat\r\n" }
  const { file, stated } = sdistFrom(here, { ...here, "PKG-INFO": text })
  return {
    otherwise: file?.otherwise ?? [],
    same: JSON.stringify(file?.requires) === JSON.stringify(stated?.requires),
  }
}

test("metadata says the same as a static project in whatever form a backend writes it", () => {
  expect(aboutOf(ABOUT)).toEqual({ otherwise: [], same: true })
})

test.each([
  ["A boat.", "A trap.", ["Summary"]],
  [": MIT", ": GPL-2.0-only", ["License-Expression"]],
  ["https://boat", "https://evil", ["Project-URL"]],
  ["<4, ", "", ["Requires-Python"]],
  ["# Boat", "# Moved to evil-boat", ["Description"]],
  ["Author: Ada", "Author: Ada, Eve", ["Author"]],
  ["Author: Ada", "Author: Eve", ["Author"]],
  ["<jo@boat.example>", "", ["Author"]],
  ["crew@boat", "eve@evil", ["Maintainer"]],
  ["sea faring,boat", "boat,casino", ["Keywords"]],
  ["Topic :: Utilities", "Topic :: Internet", ["Classifier"]],
  ["text/markdown", "text/x-rst", ["Description-Content-Type"]],
  ["Description-Content-Type: ", "X-Form: ", ["Description-Content-Type"]],
  ["Extra: old", "Extra: new", ["Provides-Extra"]],
  ["Author: Ada", "Author: Ada\nImport-Name: numpy", ["Import-Name"]],
  ["Author: Ada", "Author: Ada\nImport-Namespace: a", ["Import-Namespace"]],
  ["Author: Ada", "Author: Ada\nImport-Name: .etc", ["Import-Name"]],
  ["Author: Ada", "Author: Ada\nImport-Name: */..", ["Import-Name"]],
  ["Author: Ada", "Author: Ada\nImport-Name: ", []],
])(
  "metadata that says %s otherwise than a static project is told",
  (own, other, otherwise) => {
    const text = ABOUT.replace(own, other)
    expect(aboutOf(text)).toEqual({ otherwise, same: true })
  },
)

const POETRY = [
  "[build-system]",
  'requires = ["poetry-core"]',
  "[tool.poetry]",
  'name = "boat"',
  'description = "A boat."',
  'authors = ["Jo <jo@boat.example>", "Ada <ada@boat.example>"]',
  'license = "MIT"',
  'readme = "README.md"',
  'homepage = "https://boat.example"',
  'classifiers = ["Topic :: Utilities"]',
  "scripts.boat = 'boat:main'",
  "[tool.poetry.dependencies]",
  'python = "^3.9"',
  'idna = "^3.4"',
  'six = ">= 1.2 , !=1.4, >=1.1, <3, ^1.1"',
  'tomli = { version = "~2.0", python = "<3.11" }',
  'attrs = { version = "*", optional = true }',
  'rich = { version = "13.*", optional = true, extras = ["jupyter"] }',
  'unasked = { version = "*", optional = true }',
  "[tool.poetry.extras]",
  'all = ["attrs", "Rich"]',
  "[tool.poetry.group.test.dependencies]",
  'pytest = "*"',
].join("\n")
/** As poetry-core writes it. */
const BY_POETRY = [
  "Metadata-Version: 2.3",
  "Name: boat",
  "Version: 1.0",
  "Summary: A boat.",
  "License: MIT",
  "Description-Content-Type: text/markdown",
  "Author: Jo",
  "Author-email: jo@boat.example",
  "Requires-Python: >=3.9,<4.0",
  "Classifier: License :: OSI Approved :: MIT License",
  "Classifier: Programming Language :: Python :: 3.9",
  "Classifier: Topic :: Utilities",
  "Provides-Extra: all",
  'Requires-Dist: attrs ; extra == "all"',
  "Requires-Dist: idna (>=3.4,<4.0)",
  'Requires-Dist: rich[jupyter] (>=13,<14) ; extra == "all"',
  "Requires-Dist: six (>=1.2,<2.0,!=1.4)",
  'Requires-Dist: tomli (>=2.0,<2.1) ; python_version < "3.11"',
  "Project-URL: Homepage, https://boat.example",
  "",
  "# Boat",
  "",
].join("\n")

test("what a package is imported as is what the project has, or says", () => {
  const text = ABOUT.replace(
    "Author: Ada",
    "Author: Ada\nImport-Name: boat.crew; private\nImport-Namespace: boat",
  )
  const of = (more: string, files: Record<string, string>) => {
    const toml = STATIC.replace("[project]", `[project]\n${more}`)
    const here = { "pyproject.toml": toml, "README.md": "# Boat", ...files }
    return sdistFrom(here, { ...here, "PKG-INFO": text }).file?.otherwise
  }
  expect(of("", { "src/boat/crew.py": "" })).toEqual([])
  const said = 'import-names = ["boat.crew"]\nimport-namespaces = ["boat"]'
  expect(of(said, {})).toEqual([])
  const dynamic = 'dynamic = ["import-names", "import-namespaces"]'
  expect(of(dynamic, {})).toEqual([])
})

test("poetry names the first of several authors, also of a `[project]`", () => {
  const system = "[build-system]\nrequires = ['poetry-core']\n"
  const others = ABOUT.replace("Author: Ada\n", "")
  expect(aboutOf(others).otherwise).toEqual(["Author"])
  expect(aboutOf(others, system + STATIC).otherwise).toEqual([])
})

function byPoetry(text: string, toml = POETRY) {
  const here = { "pyproject.toml": toml, "README.md": "# Boat\n" }
  const { file, stated } = sdistFrom(here, { ...here, "PKG-INFO": text })
  const own = stated?.requires ?? []
  return {
    otherwise: file?.otherwise ?? [],
    added: (file?.requires ?? []).filter((each) => !own.includes(each)),
    gone: own.filter((each) => !file?.requires.includes(each)),
  }
}

test("what poetry says without a `[project]` is as plain, in the form that it has for it", () => {
  expect(byPoetry(BY_POETRY)).toEqual({ otherwise: [], added: [], gone: [] })
  const here = { "pyproject.toml": POETRY }
  expect(sdistFrom(here, here).stated).toMatchObject({
    table: "[tool.poetry]",
    entryPoints: [
      { group: "console_scripts", name: "boat", value: "boat:main" },
    ],
  })
})

test.each([
  ["idna (>=3.4,<4.0)", "idna (==3.4)", ["idna ==3.4"], 1],
  ["idna (>=3.4,<4.0)", "idna (>=3.4)", ["idna >=3.4"], 1],
  ['attrs ; extra == "all"', "attrs", ["attrs"], 1],
  [' ; python_version < "3.11"', "", ["tomli <2.1,>=2"], 1],
  [
    "Requires-Dist: idna",
    "Requires-Dist: pytest\nRequires-Dist: idna",
    ["pytest"],
    0,
  ],
  [
    "Requires-Dist: idna",
    "Requires-Dist: unasked\nRequires-Dist: idna",
    ["unasked"],
    0,
  ],
])("a requirement of poetry's that is otherwise is told: %s", (...given) => {
  const [own, other, added, gone] = given
  const found = byPoetry(BY_POETRY.replace(own, other))
  expect(found).toMatchObject({ otherwise: [], added })
  expect(found.gone).toHaveLength(gone)
})

test.each([
  ["A boat.", "A trap.", "Summary"],
  ["License: MIT", "License: GPL-2.0-only", "License-Expression"],
  ["https://boat", "https://evil", "Project-URL"],
  ["Author: Jo", "Author: Eve", "Author"],
  ["Requires-Python: >=3.9,<4.0", "Requires-Python: >=3.9", "Requires-Python"],
  ["Topic :: Utilities", "Development Status :: 7 - Inactive", "Classifier"],
  ["# Boat", "# Casino", "Description"],
])(
  "metadata that says %s otherwise than poetry's table is told",
  (own, other, field) => {
    const found = byPoetry(BY_POETRY.replace(own, other))
    expect(found.otherwise).toEqual([field])
  },
)

test.each([
  ['"^3.4"', '"^3.4 || ^4.0"'],
  ['"^3.4"', '{ git = "https://boat.example/idna" }'],
  ['"^3.4"', '{ path = "../idna" }'],
  ['["attrs", "Rich"]', '["attrs[x]"]'],
  ['python = "<3.11"', 'python = "<=3.11"'],
])(
  "no claim is made of requirements where one has a form that nothing here reads: %s as %s",
  (own, other) => {
    const here = { "pyproject.toml": POETRY.replace(own, other) }
    expect(sdistFrom(here, here).stated).not.toHaveProperty("requires")
  },
)

const CFG = [
  "[metadata]",
  "name = boat",
  "version = attr: boat.__version__",
  "summary = A boat.",
  "author = Jo",
  "author-email = jo@boat.example",
  "license = MIT",
  "long_description = file: README.md",
  "url = https://boat.example",
  "project_urls =",
  "    Docs = https://boat.example/docs",
  "keywords = boat, sea",
  "classifiers =",
  "    Topic :: Utilities",
  "",
  "[options]",
  "python_requires = >=3.9",
  "install_requires =",
  "    # A comment.",
  "    idna>=3.4,<4  # A bound.",
  '    tomli; python_version < "3.11"',
  "[options.extras_require]",
  "one =",
  '    rich; python_version < "3.11"',
  "all = attrs; six",
  "[options.entry_points]",
  "console_scripts =",
  "    boat = boat:main",
].join("\n")
const BY_SETUPTOOLS = [
  "Metadata-Version: 2.4",
  "Name: boat",
  "Version: 1.0",
  "Summary: A boat.",
  "Home-page: https://boat.example",
  "Author: Jo",
  "Author-email: jo@boat.example",
  "License: MIT",
  "Project-URL: Docs, https://boat.example/docs",
  "Keywords: boat,sea",
  "Classifier: Topic :: Utilities",
  "Requires-Python: >=3.9",
  "Requires-Dist: idna<4,>=3.4",
  'Requires-Dist: tomli; python_version < "3.11"',
  "Provides-Extra: one",
  'Requires-Dist: rich; python_version < "3.11" and extra == "one"',
  "Provides-Extra: all",
  'Requires-Dist: attrs; extra == "all"',
  'Requires-Dist: six; extra == "all"',
  "",
  "# Boat",
  "",
].join("\n")

/** A backend of the project's own. */
const IN_TREE =
  '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "quay"\nbackend-path = ["build"]\n'

function bySetuptools(text: string, more: Record<string, string> = {}) {
  const here = { "setup.cfg": CFG, "README.md": "# Boat\n", ...more }
  const { file, stated } = sdistFrom(here, { ...here, "PKG-INFO": text })
  const own = stated?.requires ?? []
  return {
    table: stated?.table,
    otherwise: file?.otherwise ?? [],
    added: (file?.requires ?? []).filter((each) => !own.includes(each)),
    gone: own.filter((each) => !file?.requires.includes(each)),
  }
}

test.each([
  {},
  { "setup.py": "from setuptools import setup\n\nsetup()\n" },
  {
    "pyproject.toml":
      '[build-system]\nrequires = ["setuptools>=61", "wheel"]\n',
  },
  {
    "pyproject.toml": IN_TREE,
    "build/quay.py": "from setuptools.build_meta import *\n",
  },
  {
    "pyproject.toml": IN_TREE,
    "build/quay/__init__.py": "from setuptools import build_meta as own\n",
  },
])("setup.cfg is as plain where no script says more: %j", (more) => {
  expect(bySetuptools(BY_SETUPTOOLS, more)).toEqual({
    table: "setup.cfg",
    otherwise: [],
    added: [],
    gone: [],
  })
})

test.each([
  ["A boat.", "A trap.", ["Summary"]],
  ["License: MIT", "License: GPL", ["License-Expression"]],
  ["example/docs", "evil/docs", ["Project-URL"]],
  ["Author: Jo", "Author: Eve", ["Author"]],
  [">=3.9", ">=3.6", ["Requires-Python"]],
  ["boat,sea", "casino", ["Keywords"]],
  ["Topic :: Utilities", "Topic :: Internet", ["Classifier"]],
  ["# Boat", "# Casino", ["Description"]],
])("metadata that says %s otherwise than setup.cfg is told", (...given) => {
  const [own, other, otherwise] = given
  const found = bySetuptools(BY_SETUPTOOLS.replace(own, other))
  expect(found).toMatchObject({ otherwise, added: [], gone: [] })
})

test.each([
  ["idna<4,>=3.4", "idna==3.4", ["idna ==3.4"], 1],
  ['; extra == "all"', "", ["attrs"], 1],
  ['tomli; python_version < "3.11"', "tomli", ["tomli"], 1],
])(
  "a requirement that is otherwise than in setup.cfg is told: %s",
  (...given) => {
    const [own, other, added, gone] = given
    const found = bySetuptools(BY_SETUPTOOLS.replace(own, other))
    expect(found).toMatchObject({ otherwise: [], added })
    expect(found.gone).toHaveLength(gone)
  },
)

test.each([
  {
    "setup.py":
      "from setuptools import setup\nsetup(install_requires=['idna'])\n",
  },
  {
    "setup.py":
      "import setuptools\nimport os\nos.environ['A'] = 'b'\nsetuptools.setup()\n",
  },
  { "pyproject.toml": '[build-system]\nrequires = ["setuptools", "pbr"]\n' },
  {
    "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "boat"\n',
  },
  { "pyproject.toml": IN_TREE, "build/quay.py": "# Not setuptools.\n" },
  { "setup.cfg": "[metadata\n" },
])(
  "setup.cfg says nothing for certain beside what may say more: %j",
  (more) => {
    expect(bySetuptools(BY_SETUPTOOLS, more)).toMatchObject({ otherwise: [] })
    expect(bySetuptools(BY_SETUPTOOLS, more).table).toBeUndefined()
  },
)

test.each([
  ["Author-email: jo@boat.example", "Author-email: ojo@boat.example"],
  ["Author-email: jo@boat.example", "Author-email: o@boat.example"],
  ["Author-email: jo@boat.example", "Author-email: jojo@boat.example"],
  ["Author: Jo", "Author: JoJo"],
])(
  "a name or an address that is a part of another is told: %s",
  (own, other) => {
    const text = BY_SETUPTOOLS.replace(own, other)
    expect(bySetuptools(text).otherwise).toEqual(["Author"])
  },
)

test.each([
  ["setup.py", "setup(classifiers=['Private :: Do Not Upload'])", 1],
  ["setup.py", "KINDS = 'Topic :: Boats\\nPrivate :: Do Not Upload'", 1],
  ["setup.py", "if TRIAL:\n    add('Private :: Do Not Upload')", 0],
  ["setup.py", "# 'Private :: Do Not Upload'", 0],
  ["setup.cfg", "[metadata]\nclassifier =\n  Private :: Do Not Upload", 1],
])("a project that %s calls private stays so: %j", (path, text, told) => {
  const here = { "pyproject.toml": "", [path]: text }
  const of = (about: string) =>
    sdistFrom(here, { ...here, "PKG-INFO": about }).file?.opened
  const line = "Private :: Do Not Upload"
  expect(of(BY_SETUPTOOLS)).toEqual(told ? [line] : [])
  const same = BY_SETUPTOOLS.replace("Topic :: Utilities", line)
  expect(of(same)).toEqual([])
})

test("no claim is made of requirements that go on in the next line", () => {
  const more = {
    "setup.cfg": CFG.replace("attrs; six", "\n  six; \\\n  os_name == 'nt'"),
  }
  const found = bySetuptools(BY_SETUPTOOLS, more)
  expect(found.gone.filter((each) => each.includes("for all"))).toEqual([])
})

test("requirements in files that setuptools is told to read are as plain", () => {
  const toml = [
    "[project]",
    'name = "boat"',
    'dynamic = ["dependencies", "optional-dependencies"]',
    "[tool.setuptools.dynamic]",
    'dependencies = { file = ["requirements.txt"] }',
    'optional-dependencies.all = { file = "more.txt" }',
  ].join("\n")
  const files = { "requirements.txt": "# All\nidna>=3 # bound\n\n" }
  const of = (more: string, text = toml) => {
    const here = { "pyproject.toml": text, "more.txt": more, ...files }
    return sdistFrom(here, here).stated
  }
  const points = { entryPoints: [] }
  expect(of("six\n")).toEqual({
    requires: ["idna >=3", "six for all"],
    ...points,
  })
  expect(of("-r other.txt\n")).toEqual(points)
  expect(of("six\n", toml.replace("more.txt", "gone.txt"))).toEqual(points)
})

const CFG_OF_FILES = CFG.replace(
  /install_requires =\n(?: .*\n)+/,
  "install_requires = file: requirements.txt, more.txt\n",
)
  .replace("all = attrs; six", "all = file: all.txt")
  .replace("classifiers =\n    ", "classifiers = file: kinds.txt\n#")
const LISTS = {
  "requirements.txt": "# All.\nidna>=3.4,<4 # A bound.\n\n",
  "more.txt": 'tomli; python_version < "3.11"\n',
  "all.txt": "attrs; six",
  "kinds.txt": "Topic :: Utilities\n",
}

test.each([
  ["idna<4,>=3.4", "idna<4,>=3.4", [], 0],
  ["idna<4,>=3.4", "idna", ["idna"], 1],
  ['Requires-Dist: six; extra == "all"\n', "", [], 1],
  ['; extra == "all"', "", ["attrs"], 1],
])(
  "the files that setup.cfg names for its lists are as plain as the lists: %j as %j",
  (own, other, added, gone) => {
    const text = BY_SETUPTOOLS.replace(own, other)
    const found = bySetuptools(text, { "setup.cfg": CFG_OF_FILES, ...LISTS })
    expect(found).toMatchObject({ table: "setup.cfg", otherwise: [], added })
    expect(found.gone).toHaveLength(gone)
  },
)

test("another classifier than in the file that setup.cfg names is told", () => {
  const text = BY_SETUPTOOLS.replace("Utilities", "Internet")
  const more = { "setup.cfg": CFG_OF_FILES, ...LISTS }
  expect(bySetuptools(text, more).otherwise).toEqual(["Classifier"])
})

test.each([
  { "more.txt": "-r other.txt\n" },
  { "more.txt": "six; \\\n  os_name == 'nt'\n" },
  { "setup.cfg": CFG_OF_FILES.replace("more.txt", "gone.txt") },
])("no claim is made of requirements in a file of another form: %j", (file) => {
  const here = { "setup.cfg": CFG_OF_FILES, ...LISTS, ...file }
  expect(sdistFrom(here, here).stated).not.toHaveProperty("requires")
})

const FLIT = [
  "[build-system]",
  'requires = ["flit_core>=3,<4"]',
  "[tool.flit.metadata]",
  'module = "boat"',
  'author = "Jo"',
  'author-email = "jo@boat.example"',
  'home-page = "https://boat.example"',
  'description-file = "README.md"',
  'license = "MIT"',
  'keywords = "boat, sea"',
  'classifiers = ["Topic :: Utilities"]',
  'requires-python = ">=3.9"',
  'requires = ["idna>=3.4,<4"]',
  'dev-requires = ["pytest"]',
  "requires-extra.all = ['six; python_version < \"3.11\"']",
  'urls.Docs = "https://boat.example/docs"',
  "[tool.flit.scripts]",
  'boat = "boat:main"',
  "[tool.flit.entrypoints.pygments.lexers]",
  'boat = "boat:lexer"',
].join("\n")
/** As flit writes it, with a summary of the module's. */
const BY_FLIT = [
  "Metadata-Version: 2.4",
  "Name: boat",
  "Version: 1.0",
  "Summary: A boat.",
  "Home-page: https://boat.example",
  "Keywords: boat, sea",
  "Author: Jo",
  "Author-email: jo@boat.example",
  "Requires-Python: >=3.9",
  "Description-Content-Type: text/markdown",
  "License: MIT",
  "Classifier: Topic :: Utilities",
  "Requires-Dist: idna>=3.4,<4",
  'Requires-Dist: pytest ; extra == "dev"',
  'Requires-Dist: six ; extra == "all" and (python_version < "3.11")',
  "Project-URL: Docs, https://boat.example/docs",
  "",
  "# Boat",
  "",
].join("\n")
/** What it wrote into sdists until its version 3.3. */
const BRIEF = [
  ...["Metadata-Version: 1.1", "Name: boat", "Version: 1.0"],
  ...["Summary: A boat.", "Home-page: None", "Author: Jo"],
  ...["Author-email: jo@boat.example", ""],
].join("\n")

function byFlit(text: string, toml = FLIT) {
  const more = { "README.md": "# Boat\n", "boat.py": '"""A boat."""\n' }
  const here = { "pyproject.toml": toml, ...more }
  const { file, stated } = sdistFrom(here, { ...here, "PKG-INFO": text })
  const own = stated?.requires ?? []
  return {
    stated,
    otherwise: file?.otherwise ?? [],
    opened: file?.opened ?? [],
    unnamed: Object.values(file?.unnamed ?? {}).flat(),
    added: (file?.requires ?? []).filter((each) => !own.includes(each)),
    gone: own.filter((each) => !file?.requires.includes(each)),
  }
}

test("what flit's own table says is as plain as a `[project]`", () => {
  const { stated, ...found } = byFlit(BY_FLIT)
  expect(Object.values(found).flat()).toEqual([])
  expect(stated).toMatchObject({
    table: "[tool.flit.metadata]",
    entryPoints: [
      { group: "console_scripts", name: "boat", value: "boat:main" },
      { group: "pygments.lexers", name: "boat", value: "boat:lexer" },
    ],
  })
})

test.each([
  ["idna>=3.4,<4", "idna>=3", ["idna >=3"], 1],
  [' ; extra == "dev"', "", ["pytest"], 1],
])(
  "a requirement that is otherwise than in flit's table is told: %s",
  (own, other, added, gone) => {
    const found = byFlit(BY_FLIT.replace(own, other))
    expect(found).toMatchObject({ otherwise: [], added })
    expect(found.gone).toHaveLength(gone)
  },
)

test.each([
  ["License: MIT", "License: GPL", ["License-Expression"]],
  ["example/docs", "evil/docs", ["Project-URL"]],
  ["Author: Jo", "Author: Eve", ["Author"]],
  [">=3.9", ">=3", ["Requires-Python"]],
  ["boat, sea", "casino", ["Keywords"]],
  ["Topic :: Utilities", "Topic :: Internet", ["Classifier"]],
  ["# Boat", "# Casino", ["Description"]],
])("metadata that says %s otherwise than flit's table is told", (...given) => {
  const [own, other, otherwise] = given
  const found = byFlit(BY_FLIT.replace(own, other))
  expect(found).toMatchObject({ otherwise, added: [], gone: [] })
})

test.each([
  ["author = ", 'entry-points-file = "points.txt"\nauthor = ', "entryPoints"],
  ["[tool.flit.metadata]", "[tool.flut.metadata]", "requires"],
  ["flit_core>=3,<4", "other", "requires"],
])("no claim is made of flit's table: %s as %s", (own, other, unclaimed) => {
  const { stated } = byFlit(BY_FLIT, FLIT.replace(own, other))
  expect(stated).not.toHaveProperty(unclaimed)
})

test("an sdist of an older flit says less, and never less than that a project is private", () => {
  expect(byFlit(BRIEF)).toMatchObject({
    otherwise: [],
    opened: [],
    unnamed: [],
    added: [],
  })
  expect(byFlit(BRIEF.replace("Jo", "Eve")).otherwise).toEqual(["Author"])
  const more = BRIEF.replace("Author:", "License: GPL\nAuthor:")
  expect(byFlit(more).otherwise).toContain("License-Expression")
  const line = "Private :: Do Not Upload"
  const own = FLIT.replace("Topic :: Utilities", line)
  expect(byFlit(BRIEF, own).opened).toEqual([line])
})

test("poetry's table says nothing of what another backend builds", () => {
  const here = { "pyproject.toml": POETRY.replace("poetry-core", "hatchling") }
  expect(sdistFrom(here, here).stated).toEqual({})
})

test("what an extra brings is told apart from what everybody gets", () => {
  const text = ABOUT.replace("; extra == 'all' and '3' < python_version", "")
  expect(aboutOf(text).same).toBe(false)
})

test.each([
  ["for nobody", 'idna; python_version < "2"', "idna", false],
  ["for less", "idna; sys_platform == 'win32'", "idna", false],
  [
    "for more",
    "six>=1; extra == 'old'",
    "six>=1; (python_version > '3') and extra == 'old'",
    false,
  ],
  [
    "for everybody, in other words",
    "idna; os_name == 'nt' or os_name != 'nt'",
    "idna",
    true,
  ],
  [
    "for everybody, beside an extra",
    "six; '1' > '0' or extra == 'old'",
    "idna",
    false,
  ],
  ["in another bound", "idna>=3", "idna", false],
  [
    "in the same bounds",
    "six~=1.0; (python_version > '3') and extra == 'old'",
    "six>=1; (python_version > '3') and extra == 'old'",
    false,
  ],
  ["for an extra that stands first", "evil; 'old' == extra", "idna", false],
])(
  "a requirement that is %s is told by what it means",
  (_, written, own, same) => {
    const text = ABOUT.replace(
      `Requires-Dist: ${own}\n`,
      `Requires-Dist: ${written}\n`,
    )
    expect(text).not.toBe(ABOUT)
    expect(aboutOf(text).same).toBe(same)
  },
)

/** What a setup.py says that nobody can read without running it. */
const SETUP = [
  "from setuptools import setup",
  "URL = 'https://boat.example/harbour/boat'",
  'setup(install_requires=["Zope_Event>=4"], url=f"{URL}/docs")',
].join("\n")
const NAMED = [
  "Metadata-Version: 2.4",
  "Name: boat",
  "Version: 1.0",
  "Home-page: https://boat.example/harbour/boat/docs",
  "Requires-Dist: zope.event>=4",
  "",
].join("\n")

function unnamedIn(
  text: string,
  here: Record<string, string> = { "setup.py": SETUP },
  around: Record<string, string> = {},
) {
  const there = { ...here, "PKG-INFO": text }
  return sdistFrom(here, there, { around }).file?.unnamed
}

test("what metadata requires and where it leads is the project's own where any file of it, or of what it lies in, says so", () => {
  const nothing = { requires: [], urls: [], beside: [] }
  expect(unnamedIn(NAMED)).toEqual(nothing)
  const above = "from build_of_all import setup"
  expect(unnamedIn(NAMED, { "setup.py": above })).not.toEqual(nothing)
  const member = { "setup.py": above }
  expect(unnamedIn(NAMED, member, { "b/all.py": SETUP })).toEqual(nothing)
  const deep = {
    "setup.py": "",
    "deps/base.txt": "zope-event",
    "boat/about.rst": "See https://boat.example/harbour/boat/docs/.",
  }
  expect(unnamedIn(NAMED, deep)).toEqual(nothing)
})

test.each([
  ["Requires-Dist: evil-boat", { requires: ["evil-boat"] }],
  [
    "Requires-Dist: zope.event @ https://evil.example/a.whl",
    { urls: ["https://evil.example/a.whl"] },
  ],
  [
    "Project-URL: Docs, https://evil.example/",
    { urls: ["https://evil.example"] },
  ],
  [
    "Home-page: https://boat.example.evil",
    { urls: ["https://boat.example.evil"] },
  ],
  ["Platform: evil", { beside: ["Platform: evil"] }],
  ["Supported-Platform: win32", { beside: ["Supported-Platform: win32"] }],
  [
    "Requires-External: evil (>=1)",
    { beside: ["Requires-External: evil (>=1)"] },
  ],
  ["Provides-Dist: pip", { beside: ["Provides-Dist: pip"] }],
  ["Obsoletes-Dist: pip", { beside: ["Obsoletes-Dist: pip"] }],
])(
  "%s is told where no file of the project has a word of it",
  (line, unnamed) => {
    expect(
      unnamedIn(
        NAMED.replace("\n\n", `\n${line}\n\n`).replace(/\n$/, `\n${line}\n`),
      ),
    ).toEqual({ requires: [], urls: [], beside: [], ...unnamed })
  },
)

test.each([
  "Maintainer: Mallory",
  "Maintainer-email: mallory@evil.example",
  "Author: =?utf-8?q?Mallory?=",
  "Classifier: Topic :: Evil",
  "License-Expression: Evil-1.0",
  "Summary: Evil",
  "License: Evil",
  "Maintainer: 作者",
])(
  "where no table says who made it and what it is, %s is told unless a file does",
  (line) => {
    const text = NAMED.replace("\nHome-page", `\n${line}\nHome-page`)
    expect(unnamedIn(text)?.beside).toEqual([
      line.replace("=?utf-8?q?Mallory?=", "Mallory"),
    ])
    const meta = "Mallory <mallory@evil.example>, Topic :: Evil, Evil-1.0, 作者"
    const here = { "setup.py": SETUP, "boat/about.txt": meta }
    expect(unnamedIn(text, here)?.beside).toEqual([])
  },
)

test.each([
  '[tool.shipwheel.allow]\n"Author: Mallory" = "meant"',
  '[ tool . "shipwheel".allow ] # why\n"Author: Mallory" = "meant"\n\n[tool.ruff]\nline-length = 88',
  '[tool.shipwheel]\nallow."Author: Mallory" = "meant"',
  '[tool.shipwheel]\nallow = { "Author: Mallory" = "meant" }',
])("what lets it pass is no file that names it: %j", (allowing) => {
  const text = NAMED.replace("\nHome-page", "\nAuthor: Mallory\nHome-page")
  const here = { "setup.py": SETUP, "pyproject.toml": allowing }
  expect(unnamedIn(text, here)?.beside).toEqual(["Author: Mallory"])
  const told = {
    ...here,
    "pyproject.toml": `${allowing}\n[tool.x]\na = "Mallory"`,
  }
  expect(unnamedIn(text, told)?.beside).toEqual([])
  const { file } = sdistFrom(here, { ...told, "PKG-INFO": text })
  expect(file?.settings).toContain('a = "Mallory"')
  expect(file?.settings).not.toContain("Author: Mallory")
})

test.each([
  'setup(author="J\\u00fcrgen Gro\\xdfmann")',
  'AUTHOR = "J\\U000000fcrgen Gro\\u00dfmann"',
])("a letter may be written by its number: %s", (line) => {
  const author = "Author: =?utf-8?q?J=C3=BCrgen_Gro=C3=9Fmann?="
  const text = NAMED.replace("\nHome-page", `\n${author}\nHome-page`)
  const here = { "setup.py": `${SETUP}\n${line}` }
  expect(unnamedIn(text, here)?.beside).toEqual([])
})

test("the name of a command may have a letter by its number", () => {
  const toml = {
    "pyproject.toml": '[project.scripts]\n"bo\\u0061t" = "boat:main"',
  }
  const { file } = sdistFrom(toml, { ...toml, "PKG-INFO": NAMED })
  expect(file?.settings).toContain('"boat" = "boat:main"')
})

test("an address is named by the whole of it, and by no longer one", () => {
  const line = "Author-email: a@evil.example"
  const text = NAMED.replace("\nHome-page", `\n${line}\nHome-page`)
  const of = (address: string) =>
    unnamedIn(text, { "setup.py": SETUP, "a.txt": `a <${address}>` })?.beside
  expect(of("ada@evil.example")).toEqual([line])
  expect(of("a@evil.example.com")).toEqual([line])
  expect(of("a@evil.example")).toEqual([])
})

test("what a static project does not say at all is told of its files, too", () => {
  const here = {
    "pyproject.toml": STATIC.replace(/^(?:maintainers|keywords) = .*\n/gm, ""),
    "README.md": "# Boat",
  }
  const text = ABOUT.replace(/^(?:Maintainer|Keywords).*\n/gm, "")
  expect(unnamedIn(text, here)?.beside).toEqual([])
  const more = text.replace("Summary", "Maintainer: Mallory\nSummary")
  expect(unnamedIn(more, here)?.beside).toEqual(["Maintainer: Mallory"])
})

test("what poetry says in classifiers of a project that has none is its own, and of no other backend's", () => {
  const toml = STATIC.replace(/^classifiers = .*$/m, "")
  const text = ABOUT.replace(
    "Topic :: Utilities",
    "Programming Language :: Python :: 3.15",
  )
  const of = (backend: string, more = "") => {
    const built = `[build-system]\nrequires = ["${backend}"]\nbuild-backend = "${backend.replace("-", ".")}"`
    const own = toml.replace("[project]", `[project]\n${more}`)
    const here = { "pyproject.toml": `${own}\n${built}`, "README.md": "# Boat" }
    return unnamedIn(text, here)?.beside
  }
  const dynamic = 'dynamic = ["classifiers"]'
  expect(of("poetry-core")).toEqual([])
  expect(of("poetry-core", dynamic)).toEqual([])
  const told = ["Classifier: Programming Language :: Python :: 3.15"]
  expect(of("other-core")).toEqual(told)
  expect(of("other-core", dynamic)).toEqual(told)
})

test("the Pythons that a static project does not name are named by a file of it", () => {
  const toml = STATIC.replace(/^requires-python = .*\n/m, "")
  const here = { "pyproject.toml": toml, "README.md": "# Boat" }
  const told = ["Requires-Python: <4, >=3.9"]
  expect(unnamedIn(ABOUT, here)?.beside).toEqual(told)
  const script = { ...here, "setup.py": "python_requires='>=3.9,<4'" }
  expect(unnamedIn(ABOUT, script)?.beside).toEqual([])
  // A script alone may put them together.
  const text = NAMED.replace("\nHome", "\nRequires-Python: >=3.9\nHome")
  expect(unnamedIn(text)?.beside).toEqual([])
})

test("a description that a static project does not have is made of the words of its files", () => {
  const pages = { "README.md": "# Boat" }
  const toml = STATIC.replace(/^readme = .*\n/m, "")
  const here = { ...pages, "pyproject.toml": toml }
  const of = (words: string, files: Record<string, string> = here) =>
    unnamedIn(ABOUT.replace("# Boat", words), files)?.beside
  expect(of("# Boat")).toEqual([])
  const long = `${"Evil ".repeat(1000)}end`
  expect(of(long)).toEqual([
    expect.stringMatching(/^Description: Evil .{1,190}…$/),
  ])
  // What a script or only the build says may be made of anything.
  const dynamic = toml.replace("[project]", '[project]\ndynamic = ["readme"]')
  expect(of(long, { ...pages, "pyproject.toml": dynamic })).toEqual([])
})

test("the platforms that settings name are the project's own, and none is what old backends write for none", () => {
  const here = { "setup.cfg": "[metadata]\nplatforms = Linux, POSIX" }
  const text = NAMED.replace(
    "\nHome-page",
    "\nPlatform: Linux, POSIX\nHome-page",
  )
  expect(unnamedIn(text, here)?.beside).toEqual([])
  expect(unnamedIn(text, { "setup.cfg": "platforms = Linux" })?.beside).toEqual(
    ["Platform: Linux, POSIX"],
  )
  const none = NAMED.replace("\nHome-page", "\nPlatform: UNKNOWN\nHome-page")
  expect(unnamedIn(none)?.beside).toEqual([])
})

test("a setup.py beside a static project may say another address, and a build may not", () => {
  const here = {
    "pyproject.toml": STATIC,
    "README.md": "# Boat",
    "setup.py": "setup(url='https://boat.example/old')",
  }
  const page = (url: string) =>
    sdistFrom(here, {
      ...here,
      "PKG-INFO": ABOUT.replace("Summary", `Download-URL: ${url}\nSummary`),
    }).file
  expect(page("https://boat.example/old")).toMatchObject({
    otherwise: [],
    unnamed: { urls: [] },
  })
  expect(page("https://evil.example")).toMatchObject({
    unnamed: { urls: ["https://evil.example"] },
  })
})

test("a static project has said it, so that no other file is asked", () => {
  const here = { "pyproject.toml": STATIC, "README.md": "# Boat" }
  expect(unnamedIn(ABOUT.replace("idna", "evil"), here)).toEqual({
    requires: [],
    urls: [],
    beside: [],
  })
})

test("a condition of more variables than anybody writes is compared by its words, in time", () => {
  const many = [
    "os_name",
    "sys_platform",
    "platform_machine",
    "platform_system",
    "implementation_name",
  ]
  const clauses = many.flatMap((name) =>
    "abcdefg".split("").map((each) => `${name} != '${each}'`),
  )
  const text = ABOUT.replace(
    "Requires-Dist: idna\n",
    `Requires-Dist: idna; ${clauses.join(" and ")}\n`,
  )
  expect(aboutOf(text).same).toBe(false)
})
