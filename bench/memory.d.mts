export declare function peakOfModule(folder?: string): number
export declare function watchMemory(): { peak(): Promise<number> }
