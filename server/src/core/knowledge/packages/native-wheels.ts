// Python packages with native code whose projects publish wheels for glibc and none for musl, as of 2026.
// Source: their files on PyPI, November 2026.

/** Whether sources are published too, so that a compiler can make up for the wheel. By normalized name. */
export const withoutMuslWheels: ReadonlyMap<string, boolean> = new Map([
  ...names(
    'torch torchvision torchaudio tensorflow tensorflow-cpu jaxlib onnxruntime mediapipe open3d tflite-runtime',
    false,
  ),
  ...names(
    'opencv-python opencv-python-headless opencv-contrib-python opencv-contrib-python-headless xgboost pygraphviz',
    true,
  ),
]);

function names(text: string, hasSources: boolean): readonly (readonly [string, boolean])[] {
  return text.split(' ').map((name) => [name, hasSources] as const);
}

/** Packages with native code of which Linux gets sources alone: any base needs a compiler, and the one of Alpine has none. */
export const onlySources: ReadonlySet<string> = new Set(
  'psycopg2 mysqlclient uwsgi python-ldap pyaudio pycairo pygobject dbus-python pycups mod-wsgi'.split(' '),
);

/** The name in a requirement, as PEP 503 normalizes it. @param line of a requirements file, or a word of pip */
export function requirementName(line: string): string {
  const [, name = ''] = /^\s*([A-Za-z\d][\w.-]*)/.exec(line) ?? [];
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
