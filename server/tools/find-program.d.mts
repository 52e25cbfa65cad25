export function canRun(path: string): boolean;
export function findProgram(name: string, more?: readonly string[]): string | undefined;
