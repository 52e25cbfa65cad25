export function missingBases(images: readonly string[]): readonly string[];
