// The product's version, put in by the bundler from package.json.
declare const drydockVersion: string | undefined;

export const version: string = typeof drydockVersion === 'string' ? drydockVersion : 'development';
