/* Theme, density, font size and language before the first paint: a file, so that no inline script has to be allowed. */
(function () {
  var root = document.documentElement;
  function choice(name) {
    try {
      return localStorage.getItem('yunheng.' + name);
    } catch {
      return null; // storage may be closed; the defaults then hold
    }
  }
  var dark = matchMedia('(prefers-color-scheme: dark)');
  function paint() {
    root.dataset.theme = choice('theme') || (dark.matches ? 'dark' : 'light');
  }
  paint();
  dark.addEventListener('change', paint);
  root.dataset.density = choice('density') || 'standard';
  root.dataset.font = choice('font') || 'standard';
  root.lang = choice('locale') === 'en' ? 'en' : 'zh-CN';
})();
