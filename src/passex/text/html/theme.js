// Light or dark: as the system has it, until the button is pressed; paper is light.

/** Follow the system's choice and the button; `changed` is called after each change. */
export function followTheme(changed) {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const choose = (name) => {
    root.dataset.theme = name;
    button.textContent = name === "dark" ? "Switch to light" : "Switch to dark";
    changed?.();
  };
  const follow = () => choose(dark.matches ? "dark" : "light");
  follow();
  dark.addEventListener("change", follow);
  button.addEventListener("click", () => choose(root.dataset.theme === "dark" ? "light" : "dark"));
  document.getElementById("print").addEventListener("click", () => window.print());
  let before = "light";
  addEventListener("beforeprint", () => {
    before = root.dataset.theme;
    choose("light");
  });
  addEventListener("afterprint", () => choose(before));
}
