// The product's version, put in by the bundler from package.json.
declare const DRYDOCK_VERSION: string | undefined;

export const version: string = typeof DRYDOCK_VERSION === 'string' ? DRYDOCK_VERSION : 'development';
