export interface Sizes {
  readonly modules: number
  readonly tests: number
  readonly pages: number
  readonly megabytes: number
}
export declare const LARGE: Sizes
export declare function sizesOf(part: number): Sizes
export declare function makeProject(
  folder: string,
  sizes: Sizes,
  tag: string,
): void
