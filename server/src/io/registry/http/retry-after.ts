// Finds when a registry that asked for a pause may be asked again.

const minute = 60_000;
const longest = 60 * minute;

/**
 * @param headers of an answer with status 429
 * @param now milliseconds since 1970
 * @param hub whether Docker Hub answered: its pull limit comes without Retry-After and lasts for hours
 * @returns milliseconds since 1970, at most an hour from now
 */
export function retryAt(headers: ReadonlyMap<string, readonly string[]>, now: number, hub: boolean): number {
  const text = headers.get('retry-after')?.[0]?.trim() ?? '';
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  if (Number.isNaN(wait)) return now + (hub ? 15 * minute : minute);
  return now + Math.min(Math.max(wait, 0), longest);
}
