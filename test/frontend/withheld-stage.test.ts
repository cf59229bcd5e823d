import { expect, it } from "vitest"

import { withWithheld } from "../../src/frontend/withheld-stage.js"
import { alone } from "../../src/git/locate-stage.js"
import { usualFrontend } from "../helpers/frontends.js"
import { folder, recordCalls } from "../helpers/recorded-engine.js"

it("a frontend is not given a secret that no commit has, though git would not ignore it", async () => {
  const place = { ...alone(folder("project")), secrets: ["frontend/.env"] }
  const { result } = await recordCalls(
    () => withWithheld(place, [usualFrontend()], {}),
    {
      "glob **/*": ["frontend/", "frontend/.env", "frontend/app.ts"],
      "exists .git": false,
    },
  )
  expect(result[0]?.withheld).toStrictEqual(["frontend/.env"])
})
