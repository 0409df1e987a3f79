/* global document, location -- runs in the page */
// The chart takes its attributes from the address: `/bare.html?src=...&symbol=...`.
const chart = document.querySelector('liquidation-heatmap');
for (const [name, value] of new URLSearchParams(location.search)) chart?.setAttribute(name, value);
