// The levels that hadolint gives its rules, by id. Source: what hadolint 2.15.1 prints, and the levels it documents.
const idsByLevel = {
  error:
    'DL1000 DL3000 DL3004 DL3011 DL3012 DL3020 DL3021 DL3023 DL3024 DL3026 DL3043 DL3044 DL3061 DL4000 DL4004',
  info: 'DL3001 DL3009 DL3010 DL3015 DL3019 DL3047 DL3049 DL3050 DL3059 DL3060 DL3066',
  hint: 'DL3048',
  off: 'DL1001 DL3057',
} as const;

type Level = keyof typeof idsByLevel | 'warning';

const levels: ReadonlyMap<string, Level> = new Map(
  Object.entries(idsByLevel).flatMap(([level, ids]) =>
    ids.split(' ').map((id) => [id, level as keyof typeof idsByLevel] as const),
  ),
);

/** @param id such as `DL3008` @returns the level; `off` where hadolint itself leaves the rule off */
export function hadolintLevel(id: string): Level {
  return levels.get(id) ?? 'warning';
}
