/** Colours that people with colour blindness tell apart (Okabe and Ito), for light and dark, and hatching on top. */
export const MAP_STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--line:#c8ced6;--faint:#5b6570;--explicit:#0072b2;--planned:#56b4e9;--host:#009e73;--forbidden:#e69f00;--pool:#cc79a7;--candidate:#999;--collision:#c1121f}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--line:#3d444d;--faint:#9aa5b1;--explicit:#58a6ff;--planned:#8ecbff;--host:#2fbf9b;--forbidden:#e3a32f;--pool:#dd8fbc;--candidate:#777;--collision:#ff6b6b}}
rect.explicit{fill:var(--explicit);stroke:var(--explicit)}
rect.planned{fill:var(--planned);stroke:var(--planned);stroke-dasharray:3 2}
rect.host{fill:var(--host);stroke:var(--host)}
rect.forbidden{fill:url(#hatch);stroke:var(--forbidden)}
rect.pool{fill:var(--pool);stroke:var(--pool)}
rect.candidate{fill:var(--candidate);stroke:var(--paper)}
rect.collision{fill:none;stroke:var(--collision);stroke-width:3}
rect{vector-effect:non-scaling-stroke}
.hatch{stroke:var(--forbidden);stroke-width:2}
`;

/** Forbidden ranges are hatched, so that they show without colour. */
export const HATCH =
  '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern>';
