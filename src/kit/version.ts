/** As in `package.json`, which would come whole into the bundle; `npm run release:version` writes it. */
export const VERSION = "0.1.0";
