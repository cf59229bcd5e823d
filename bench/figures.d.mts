export interface Taken {
  readonly seconds: number
  readonly processor: number
  readonly containers?: number
}
export declare function processorSeconds(stat?: string): number
export declare function started(log: string): number
export declare function table(
  figures: ReadonlyMap<
    string,
    {
      readonly shipwheel: readonly Taken[]
      readonly "by hand"?: readonly Taken[]
    }
  >,
): string
