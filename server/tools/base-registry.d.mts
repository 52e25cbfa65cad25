export function serveBases(options: { work: string; program: string; canWrite?: boolean }): Promise<{
  readonly env: Readonly<Record<string, string>>;
  readonly host: string;
  stop(): Promise<void>;
}>;
export function freePort(): Promise<number>;
export function accepts(port: number): Promise<boolean>;
