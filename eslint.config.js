import sortImports from "eslint-plugin-simple-import-sort"
import tseslint from "typescript-eslint"

export default tseslint.config(
  { ignores: ["node_modules", "sdk", "dagger/examples", "dist"] },
  { files: ["**/*.ts"], extends: [tseslint.configs.strictTypeChecked] },
  {
    files: ["**/*.ts"],
    plugins: { "simple-import-sort": sortImports },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "simple-import-sort/imports": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      // Numbers are what reports are made of.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true },
      ],
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: [
      "src/index.ts",
      "src/objects/**",
      "src/containers/**",
      "src/**/{,*-}stage.ts",
    ],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          name: "@dagger.io/dagger",
          message:
            "What decides is plain TypeScript: only a room's stage asks the engine.",
        },
      ],
    },
  },
)
