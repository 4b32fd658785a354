import composeNetworks from "../../dist/index.js";

export default [composeNetworks.configs.recommended].flat();
