// Runs before the first paint, so that a page chosen dark never flashes light.
const chosen = localStorage.getItem("contested-theme");
if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
export {};
