import { execFileSync } from "node:child_process"

import { beforeAll, describe, expect, it } from "vitest"

import { apiChanges, parseApi } from "../../src/compare/api.js"
import { isBreak } from "../../src/compare/change.js"
import { newFolder, runProgram, wheelOf } from "../helpers/programs.js"
import { installLinters } from "../linters/install.mjs"

type Sources = Readonly<Record<string, string>>

beforeAll(() => {
  installLinters()
}, 300_000)

const compared = (before: Sources, after: Sources) =>
  parseApi(
    runProgram("compare/api.py", wheelOf(before).wheel, wheelOf(after).wheel),
  )

/** What is told of two modules `quayside.board`: certain breaks with `!`, doubtful ones with `?`, what is new with `+`. */
function told(before: Sources, after: Sources): string[] {
  return apiChanges(compared(before, after)).map((change) => {
    const mark = isBreak(change) ? "!" : change.doubtful ? "?" : "+"
    return `${mark} ${change.what}`
  })
}

const INIT = "quayside/__init__.py"
const BOARD = "quayside/board.py"
const board = (text: string): Sources => ({ [INIT]: "", [BOARD]: text })

/** What happens to a module `quayside.board`. */
const CASES: [fact: string, before: string, after: string, told: string[]][] = [
  [
    "a function that is gone",
    "def read(): ...\n",
    "",
    ["! `quayside.board.read` is gone"],
  ],
  [
    "nothing of what is for type checkers alone",
    "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    import json\n",
    "",
    [],
  ],
  [
    "a function that is elsewhere now",
    "def seek(): ...\n",
    "class Board:\n    def seek(self): ...\n",
    [
      "! `quayside.board.seek` is gone (there is `quayside.board.Board.seek`)",
      "+ `quayside.board.Board` is new",
    ],
  ],
  [
    "a method that is gone, with its deprecation",
    'class Board:\n    def read(self):\n        """Deprecated: use `show`."""\n',
    "class Board:\n    pass\n",
    ["! `quayside.board.Board.read` is gone (it was deprecated)"],
  ],
  [
    "parameters that are gone, moved, or asked for as well",
    "def read(at, berth, name=''): ...\n",
    "def read(name, at, day): ...\n",
    [
      "! `quayside.board.read` takes `at`, `name` in another place",
      "! `quayside.board.read` no longer takes `berth`",
      "! `quayside.board.read` can't do without `name` any more",
      "! `quayside.board.read` asks for `day` as well",
    ],
  ],
  [
    "parameters that have to be named now, or can't be",
    "def read(at, day): ...\ndef seek(at): ...\n",
    "def read(*, at, day): ...\ndef seek(at, /): ...\n",
    [
      "! `quayside.board.read` takes `at`, `day` by name only now",
      "! `quayside.board.seek` takes `at` by place only now",
    ],
  ],
  [
    "another default, which breaks no call",
    "def read(at=1): ...\n",
    "def read(at=2): ...\n",
    [
      "? `quayside.board.read` has another default for `at` (`1` before, `2` now)",
    ],
  ],
  [
    "a class that is a function now",
    "class Board: ...\n",
    "def Board(): ...\n",
    [
      "! `quayside.board.Board` is something else (`class` before, `function` now)",
    ],
  ],
  [
    "what is new, and a parameter that may be left out",
    "def read(at): ...\n",
    "def read(at, day=None): ...\ndef write(): ...\n",
    [
      "+ `quayside.board.read` takes `day` as well",
      "+ `quayside.board.write` is new",
    ],
  ],
  [
    "nothing of private names",
    "def _read(at): ...\nclass _Board: ...\n",
    "def _read(): ...\n",
    [],
  ],
  [
    "nothing of names that `__all__` leaves out",
    "__all__ = ['read']\ndef read(): ...\ndef helper(): ...\n",
    "__all__ = ['read']\ndef read(): ...\n",
    [],
  ],
  [
    "nothing of a version that is another",
    "__version__ = '1.1'\n",
    "__version__ = '1.2'\n",
    [],
  ],
  [
    "nothing of a method that Python's own base class has",
    "class Gone(KeyError):\n    def with_traceback(self, tb): ...\n",
    "class Gone(KeyError):\n    pass\n",
    [],
  ],
  [
    "nothing of a base class that every class has",
    "class Board(object): ...\n",
    "class Board: ...\n",
    [],
  ],
  [
    "as doubtful what a base class of another package may have",
    "from far import Base\nclass Board(Base):\n    def read(self): ...\n",
    "from far import Base\nclass Board(Base):\n    pass\n",
    ["? `quayside.board.Board.read` is gone (maybe inherited now)"],
  ],
  [
    "as doubtful a name for what took any argument before",
    "def read(*args): ...\n",
    "def read(at, *args): ...\n",
    ["? `quayside.board.read` asks for `at` as well"],
  ],
  [
    "any further arguments, with their stars",
    "def read(at, **more): ...\n",
    "def read(at, *further): ...\n",
    [
      "! `quayside.board.read` no longer takes `**more`",
      "+ `quayside.board.read` takes `*further` as well",
    ],
  ],
  [
    "as doubtful any further arguments of which some are named now",
    "def read(*args, **more): ...\n",
    "def read(at=1, *, day=None): ...\n",
    [
      "? `quayside.board.read` no longer takes `*args`, `**more` (it names what it takes now)",
    ],
  ],
  [
    "nothing of further arguments under another name, nor of what a class handed on to its base",
    "class Base:\n    def __init__(self, at=1): ...\nclass Board(Base):\n    def __init__(self, *args, **more): ...\n",
    "class Base:\n    def __init__(self, at=1): ...\nclass Board(Base):\n    def __init__(self, *rest, at=1, **kwargs): ...\n",
    [],
  ],
  [
    "as doubtful further arguments of a class whose base takes none",
    "class Base:\n    def __init__(self, *, at=1): ...\nclass Board(Base):\n    def __init__(self, *args, **more): ...\n",
    "class Base:\n    def __init__(self, *, at=1): ...\nclass Board(Base):\n    def __init__(self, **more): ...\n",
    [
      "? `quayside.board.Board` no longer takes `*args` (its base class takes none)",
    ],
  ],
  [
    "a parameter that a class takes as well, by the name of the class",
    "class Board:\n    def __init__(self, at): ...\n",
    "class Board:\n    def __init__(self, at, day=None, *, name=''):\n        self.day = day\n",
    ["+ `quayside.board.Board` takes `day`, `name` as well"],
  ],
  [
    "what only moves up once, with what it moves up for",
    "def read(at, berth=1, day=2, name=3): ...\n",
    "def read(at, day=2, name=3): ...\n",
    [
      "! `quayside.board.read` no longer takes `berth` (what comes after it moves up)",
    ],
  ],
  [
    "the first of many parameters, and how many more there are",
    "def read(a=1, b=1, c=1, d=1, e=1, f=1, _g=1, h=1): ...\n",
    "def read(day=None, a=1, b=1, c=1, d=1, e=1, f=1, _g=1, h=1): ...\n",
    [
      "! `quayside.board.read` takes `a`, `b`, `c`, `d`, `e`, and 2 more in another place",
      "+ `quayside.board.read` takes `day` as well",
    ],
  ],
  [
    "nothing of another name for what nobody gives by its name",
    "def read(__at, day): ...\ndef seek(at, /): ...\n",
    "def read(where, /, day): ...\ndef seek(where, /): ...\n",
    [],
  ],
  [
    "what is gone from a class with a base of Python itself",
    "import typing, io\nclass Board(typing.Generic[int]):\n    def show(self): ...\nclass File(io.IOBase):\n    def show(self): ...\n    def close(self): ...\n",
    "import typing, io\nclass Board(typing.Generic[int]):\n    pass\nclass File(io.IOBase):\n    pass\n",
    [
      "! `quayside.board.Board.show` is gone",
      "! `quayside.board.File.show` is gone",
    ],
  ],
  [
    "what is gone from a base class by the class that had it, however long its name",
    "class Harbour:\n    def show(self): ...\nclass A(Harbour): ...\n",
    "class Harbour: ...\nclass A(Harbour): ...\n",
    ["! `quayside.board.Harbour.show` is gone"],
  ],
  [
    "as doubtful a base class in whose place there is another",
    "class Text: ...\nclass Field: ...\nclass Id(Text): ...\nclass Late(OSError): ...\nclass Made(dict): ...\n",
    "class Text: ...\nclass Field: ...\nclass Id(Field): ...\nclass Late(ValueError): ...\nclass Made(dict, Field): ...\n",
    [
      "? `quayside.board.Id` no longer derives from `quayside.board.Text`",
      "? `quayside.board.Late` no longer derives from `OSError`",
    ],
  ],
  [
    "what its `__getattr__` gave and no longer gives",
    "OLD = {'read': 1}\ndef __getattr__(name):\n    if name == 'seek':\n        return print\n    if name in OLD:\n        return OLD[name]\n    if name in ('stays', '_own'):\n        return 1\n    raise AttributeError(name)\n",
    "OLD = 1\nstays = 1\n",
    [
      "! `quayside.board.read` is gone (`__getattr__` of its module gave it)",
      "! `quayside.board.seek` is gone (`__getattr__` of its module gave it)",
      "? `quayside.board.__getattr__` is gone",
    ],
  ],
  [
    "what is deprecated now: by a directive, a decorator, or a warning that each call gives",
    "def a(): ...\ndef b(): ...\ndef c(at=None): ...\ndef d(at=None): ...\ndef e():\n    'Deprecated: no.'\n",
    "import warnings\nfrom warnings import deprecated\ndef a():\n    'Reads.\\n\\n.. deprecated:: 2.0'\n@deprecated('b')\ndef b(): ...\ndef c(at=None):\n    warnings.warn('c', DeprecationWarning)\ndef d(at=None):\n    'Takes\\n``deprecated``\\ndeprecated.'\n    if at: warnings.warn('at', DeprecationWarning)\ndef e():\n    'Deprecated: no.'\n",
    [
      "+ `quayside.board.a` is deprecated now",
      "+ `quayside.board.b` is deprecated now",
      "+ `quayside.board.c` is deprecated now",
    ],
  ],
  [
    "a signature of several that nothing takes any more",
    "from typing import overload\nclass Board:\n    @overload\n    def read(self, at, day=None): ...\n    @overload\n    def read(self, name, day=None): ...\n    @overload\n    def read(self, number, /): ...\n    def read(self, *args, **more): ...\n",
    "class Board:\n    def read(self, at, day=None): ...\n",
    ["! `quayside.board.Board.read` has lost an `@overload` (`name, day=...`)"],
  ],
  [
    "nothing of what a method has of its class by itself",
    "class Board:\n    def read(me, at): ...\n    @classmethod\n    def of(cls, at): ...\n",
    "class Board:\n    def read(self, at, /): ...\n    @staticmethod\n    def of(at): ...\n",
    ["! `quayside.board.Board.read` takes `at` by place only now"],
  ],
  [
    "a parameter by its place, which has another name now, once",
    "def read(json_data, at): ...\n",
    "def read(s, /, at): ...\n",
    ["! `quayside.board.read` no longer takes `json_data` (`s` has its place)"],
  ],
  [
    "nothing of what runs only as a program",
    "class Board: ...\nif __name__ == '__main__':\n    from quayside.board import Board as Board\n    lost = 1\n",
    "class Board: ...\n",
    [],
  ],
  [
    "nothing as new that a class had of its base",
    "class Base:\n    def show(self): ...\nclass Board(Base): ...\n",
    "class Base:\n    def show(self): ...\nclass Board(Base):\n    def show(self): ...\n",
    [],
  ],
  [
    "nothing of a private base class, nor of a method that came from it",
    "class _Base:\n    def show(self, at): ...\nclass Board(_Base): ...\n",
    "class Board:\n    def show(self, at): ...\n",
    [],
  ],
  [
    "as doubtful what a module gives whoever asks for it",
    "def old(): ...\ndef gone(): ...\n",
    "def __getattr__(name):\n    if name in {'old', 'older'}:\n        return print\n",
    [
      "? `quayside.board.old` is gone (`__getattr__` of its module still names it)",
      "! `quayside.board.gone` is gone",
    ],
  ],
  [
    "as doubtful a name that is put together and that nobody describes",
    "import far\nCOMMA = far.Literal(',')\nLIMIT = 10\nDONE = far.Done()\n'When all of it is done.'\n",
    "import far\n",
    [
      "? `quayside.board.COMMA` is gone (nothing describes it)",
      "! `quayside.board.LIMIT` is gone",
      "! `quayside.board.DONE` is gone",
    ],
  ],
  [
    "nothing of an attribute that some property gives now, or gave",
    "from far import own_property\nclass Board:\n    at = 1\n    @own_property\n    def day(self): ...\n",
    "from far import own_property\nclass Board:\n    @own_property\n    def at(self): ...\n    day = 1\n",
    [],
  ],
  [
    "as doubtful a name that stood for something, and is that now",
    "import far\nread = far.read\nLIMIT = 10\nclass Late(Exception): ...\n",
    "def read(): ...\ndef LIMIT(): ...\nLate = TimeoutError\n",
    [
      "? `quayside.board.read` is something else (`attribute` before, `function` now)",
      "! `quayside.board.LIMIT` is something else (`attribute` before, `function` now)",
      "? `quayside.board.Late` is something else (`class` before, `attribute` now)",
    ],
  ],
]

/** The module of each case, all of them in one package: a run takes its second or two. */
const moduleOf = (at: number) => `case${String(at)}`
const packageOf = (text: (one: (typeof CASES)[number]) => string) =>
  Object.fromEntries([
    [INIT, ""],
    ...CASES.map((one, at) => [`quayside/${moduleOf(at)}.py`, text(one)]),
  ]) as Sources

describe("the API of two wheels", () => {
  let all: string[]
  beforeAll(() => {
    all = told(
      packageOf(([, before]) => before),
      packageOf(([, , after]) => after),
    )
  })

  it.for(CASES.map(([fact, , , expected], at) => ({ fact, expected, at })))(
    "tells $fact",
    ({ at, expected }) => {
      const name = new RegExp(`\\b${moduleOf(at)}\\b`)
      const own = all.filter((line) => name.test(line))
      const shown = own.map((line) =>
        line.replace(new RegExp(name, "g"), "board"),
      )
      expect(shown).toEqual(expected)
    },
  )

  it("tells what is shown in several places once, by its shortest name", () => {
    const init = { [INIT]: "from ._board import read\n" }
    const before = { ...init, "quayside/_board.py": "def read(at): ...\n" }
    const after = { ...init, "quayside/_board.py": "def read(): ...\n" }
    expect(told(before, after)).toEqual([
      "! `quayside.read` no longer takes `at`",
    ])
    expect(told(before, { [INIT]: "", "quayside/_board.py": "" })).toEqual([
      "! `quayside.read` is gone",
    ])
  })

  it("tells what lies elsewhere now by the name that it kept, and once what has another's place", () => {
    const before = {
      [INIT]: "from .board import Board\n",
      [BOARD]:
        "class Own:\n    def read(self, at): ...\nclass Board(Own): ...\n",
    }
    const after = {
      [INIT]: "from .parts.board import Board\n",
      "quayside/parts/__init__.py": "",
      "quayside/parts/core.py": "class Base:\n    def read(self, day): ...\n",
      "quayside/parts/board.py":
        "from .core import Base\nclass Board(Base): ...\n",
    }
    const lines = told(before, after)
    expect(lines.filter((each) => each.includes("Board.read"))).toEqual([
      "! `quayside.Board.read` no longer takes `at` (`day` has its place)",
    ])
    expect(lines.join()).not.toContain("asks for")
  })

  it("tells once what is gone from where it was made and from where it was shown", () => {
    const before = {
      [INIT]: "from .faults import Fault, OldFault\n",
      "quayside/faults.py":
        'class Fault(Exception):\n    """A fault."""\nOldFault = Fault\n',
    }
    const after = {
      [INIT]: "from .faults import Fault\n",
      "quayside/faults.py": 'class Fault(Exception):\n    """A fault."""\n',
    }
    expect(told(before, after)).toEqual(["! `quayside.OldFault` is gone"])
  })

  it("tells by the name that people know what has a shorter one that is private", () => {
    const shown = {
      [INIT]: "",
      "quayside/harbour.py": "from ._b import read\n__all__ = ['read']\n",
    }
    const before = { ...shown, "quayside/_b.py": "def read(at): ...\n" }
    const after = { ...shown, "quayside/_b.py": "def read(): ...\n" }
    expect(told(before, after)).toEqual([
      "! `quayside.harbour.read` no longer takes `at`",
    ])
  })

  it("tells what is new once, by its shortest name", () => {
    const init = { [INIT]: "from .board import read\n" }
    const before = { ...init, [BOARD]: "def read(at): ...\n" }
    const after = { ...init, [BOARD]: "def read(at, day=None): ...\n" }
    expect(told(before, after)).toEqual([
      "+ `quayside.read` takes `day` as well",
    ])
  })

  it("tells what is new in a class that a package shows and keeps in a private place", () => {
    const shown = "from ._board import Board\n__all__ = ['Board']\n"
    const from = (text: string) => ({
      [INIT]: shown,
      "quayside/_board.py": `class _Base:\n${text}class Board(_Base): ...\n`,
    })
    const before = from("    def read(self): ...\n")
    const after = from(
      "    def read(self, day=None): ...\n    def seek(self): ...\n",
    )
    expect(told(before, after)).toEqual([
      "+ `quayside.Board.read` takes `day` as well",
      "+ `quayside.Board.seek` is new",
    ])
    expect(told(after, before)).toEqual([
      "! `quayside.Board.read` no longer takes `day`",
      "! `quayside.Board.seek` is gone",
    ])
  })

  it("reads a class that imports from a package that is not there, and its subclass", () => {
    const from = (text: string) =>
      board(
        `class Base:\n    from far import near\n    def read(self): ...\n${text}`,
      )
    const before = from("class Board(Base): ...\nclass Gone(Base): ...\n")
    expect(told(before, from("class Board(Base): ...\n"))).toEqual([
      "! `quayside.board.Gone` is gone",
    ])
  })

  it("leaves out a package whose name is private, and finds what others take of it", () => {
    const from = (text: string): Sources => ({
      "_quay/__init__.py": text,
      [INIT]: "from _quay import Board\n__all__ = ['Board']\n",
    })
    const { breaks, packages } = compared(
      from("class Board:\n    def read(self): ...\ndef helper(): ...\n"),
      from("class Board: ...\n"),
    )
    expect(packages).toEqual(["quayside"])
    expect(breaks.map(({ path }) => path)).toEqual(["quayside.Board.read"])
  })

  it("knows what a class has of a base in a folder without an __init__", () => {
    const base = "class Base:\n    def read(self): ...\n"
    const board = "class Board(Base): ...\n"
    const before = { [INIT]: "", [BOARD]: base + board }
    const after = {
      [INIT]: "",
      [BOARD]: `from .inner.base import Base\n${board}`,
      "quayside/inner/base.py": base,
    }
    expect(told(before, after)).toEqual([])
  })

  it("names the class that lost what its base class still has", () => {
    const base =
      "class Base:\n    def read(self): ...\nclass Other(Base): ...\n"
    expect(
      told(
        board(`${base}class Board(Base): ...\n`),
        board(`${base}class Board: ...\n`),
      ),
    ).toEqual([
      "? `quayside.board.Board` no longer derives from `quayside.board.Base`",
      "! `quayside.board.Board.read` is gone",
    ])
  })

  it("reads classes that seem to derive from themselves", () => {
    const from = (text: string) =>
      board(
        `from far import Board\nclass Board(Board):\n    ${text}\nclass One(Two): ...\nclass Two(One): ...\n`,
      )
    const found = compared(from("def read(self): ..."), from("pass"))
    expect(found.unread).toEqual([])
    expect(found.breaks.map(({ path }) => path)).toEqual([
      "quayside.board.Board.read",
    ])
  })

  it("imports no part of Python that does something then", () => {
    const from = (text: string) =>
      board(`import this\nclass Board(this.Zen):\n    ${text}\n`)
    expect(told(from("def read(self): ..."), from("pass"))).toEqual([
      "? `quayside.board.Board.read` is gone (maybe inherited now)",
    ])
  })

  it("takes for public what stands beside an `__all__` that lists modules alone", () => {
    const modules = "from quayside import board\n__all__ = ['board']\n"
    const from = (text: string) => ({ [INIT]: modules + text, [BOARD]: "" })
    expect(told(from("def read(at): ...\n"), from(""))).toEqual([
      "! `quayside.read` is gone",
    ])
  })

  it("tells as doubtful a place that something has left, which is still where people find it", () => {
    const before = {
      [INIT]: "from .board import LIMIT\n",
      [BOARD]: "LIMIT = 1\n",
    }
    const after = {
      [INIT]: "from .limits import LIMIT\n",
      [BOARD]: "",
      "quayside/limits.py": "LIMIT = 1\n",
    }
    expect(told(before, after)).toEqual([
      "? `quayside.board.LIMIT` is gone (there is `quayside.LIMIT`)",
      "+ `quayside.limits` is new",
    ])
  })

  it("reads a package that has its names from another one of the same wheel", () => {
    const before = {
      "quay/__init__.py": "def field(at): ...\n",
      [INIT]: "from quay import field\n__all__ = ['field']\n",
    }
    const after = { ...before, "quay/__init__.py": "def field(): ...\n" }
    const { breaks, packages, unread } = compared(before, after)
    expect(unread).toEqual([])
    expect(packages).toEqual(["quay", "quayside"])
    expect(breaks.map(({ path }) => path)).toContain("quay.field")
  })

  it("tells a module that is gone, and nothing of what was in it", () => {
    expect(told(board("def read(): ...\n"), { [INIT]: "" })).toEqual([
      "! `quayside.board` is gone",
    ])
  })

  it("counts what was compared", () => {
    const same = board(
      "def read(): ...\nclass Board:\n    def show(self): ...\n",
    )
    expect(compared(same, same)).toMatchObject({
      packages: ["quayside"],
      modules: 2,
      objects: 4,
      breaks: [],
      added: [],
    })
  })

  it("leaves out tests, and says what is compiled or can't be read", () => {
    const before = {
      ...board("def read(): ...\n"),
      "quayside/tests/__init__.py": "def helper(): ...\n",
      "quayside/broken.py": "def (:\n",
    }
    const after = { ...before, "quayside/fast.so": "" }
    const found = compared(
      before,
      Object.fromEntries(
        Object.entries(after).filter(([path]) => !path.includes("tests")),
      ),
    )
    expect(found.breaks).toEqual([])
    expect(found.compiled).toEqual(["quayside/fast.so"])
    expect(compared(after, before).compiled).toEqual(["quayside/fast.so"])
    expect(found.unread).toEqual([
      expect.stringMatching(/^quayside\/broken\.py: SyntaxError: /),
      expect.stringMatching(/^quayside\/broken\.py: SyntaxError: /),
    ])
  })

  it.each([
    ["can't be read", { [BOARD]: "def (:\n" }],
    ["is compiled", { "quayside/board.cpython-311-x86_64-linux-gnu.so": "" }],
    [
      "is a package, and can't be read",
      { "quayside/board/__init__.py": "def (:\n" },
    ],
  ])(
    "tells nothing new and nothing gone of a module that %s on one side",
    (_, other) => {
      const init = { [INIT]: "from .board import read\n" }
      const readable = { ...init, [BOARD]: "def read(at): ...\n" }
      const dark = { ...init, ...other }
      expect(told(dark, readable)).toEqual([])
      expect(told(readable, dark)).toEqual([])
    },
  )

  it("reads a module that is compiled where its source lies beside it", () => {
    const fast = { "quayside/board.so": "" }
    expect(
      told(
        { ...board("def read(): ...\n"), ...fast },
        { ...board(""), ...fast },
      ),
    ).toEqual(["! `quayside.board.read` is gone"])
  })

  it("runs nothing of what it reads", () => {
    const folder = newFolder()
    const trap = `open(${JSON.stringify(`${folder}/ran`)}, "w").close()\n`
    compared(board(trap), board(trap))
    expect(execFileSync("ls", [folder], { encoding: "utf8" })).toBe("")
  })

  it("reads an sdist where there was no wheel, wherever in it the package lies", () => {
    const { folder } = wheelOf({
      "quayside-1.1/src/quayside/__init__.py": "def read(): ...\n",
      "quayside-1.1/setup.py": "",
    })
    const sdist = `${newFolder()}/quayside-1.1.tar.gz`
    const pack = [
      "import sys, tarfile, zipfile, io",
      "source = zipfile.ZipFile(sys.argv[1])",
      "out = tarfile.open(sys.argv[2], 'w:gz')",
      "for name in source.namelist():",
      "    data = source.read(name)",
      "    info = tarfile.TarInfo(name)",
      "    info.size = len(data)",
      "    out.addfile(info, io.BytesIO(data))",
      "out.close()",
    ].join("\n")
    execFileSync("python3", [
      ...["-c", pack],
      `${folder}/quayside-1.2.0-py3-none-any.whl`,
      sdist,
    ])
    const { wheel } = wheelOf({ [INIT]: "" })
    const found = parseApi(runProgram("compare/api.py", sdist, wheel))
    expect(apiChanges(found).map(({ what }) => what)).toEqual([
      "`quayside.read` is gone",
    ])
  })
})
