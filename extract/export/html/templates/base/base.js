"use strict";
// The language of the page: Chinese at first; a button switches it, and the choice is kept where the browser lets us.
const language = {
  kept() { try { return localStorage.getItem("guide-extract.language"); } catch { return null; } },
  show(code) {
    document.documentElement.dataset.language = code;
    document.documentElement.lang = code === "zh" ? "zh-CN" : "en";
    // words in attributes (aria-label, placeholder, title) stand in both languages beside them: data-zh-title …
    for (const element of document.querySelectorAll("[data-both]")) {
      for (const name of element.dataset.both.split(" ")) {
        element.setAttribute(name, element.getAttribute(`data-${code}-${name}`));
      }
    }
    try { localStorage.setItem("guide-extract.language", code); } catch { /* kept for this page only */ }
  },
  start() {
    language.show(language.kept() === "en" ? "en" : "zh");
    document.getElementById("language").addEventListener("click", () => {
      language.show(document.documentElement.dataset.language === "zh" ? "en" : "zh");
    });
  },
};
document.addEventListener("DOMContentLoaded", language.start);
