export declare const FOLDER: string
export declare const ENV: NodeJS.ProcessEnv
export declare function installLinters(): void
