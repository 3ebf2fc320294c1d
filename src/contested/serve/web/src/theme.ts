// Runs before the first paint, so that a page chosen dark never flashes light.
const chosen = localStorage.getItem("contested-theme");
if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
// What folds on a narrow screen is open where no script can open it.
document.documentElement.dataset.script = "yes";
export {};
