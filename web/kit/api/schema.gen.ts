// biome-ignore lint: replaced by the generated client
export type paths = any;
