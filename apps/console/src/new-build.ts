const key = 'yunheng.reloadedAt';
const againMilliseconds = 10_000;

/**
 * A part of the program that a newer build has replaced cannot be loaded any more: the page is then read again, once.
 * Without an answer of the server it is not: what is open can still be read.
 */
export function reloadAfterNewBuild(): void {
  window.addEventListener('vite:preloadError', () => void reload());
}

async function reload(): Promise<void> {
  if (Date.now() - Number(sessionStorage.getItem(key) ?? 0) < againMilliseconds) return;
  try {
    const answer = await fetch('/mark.svg', { cache: 'no-store' });
    if (!answer.ok) return;
  } catch {
    return; // no answer: reading again would take away what is on the screen
  }
  sessionStorage.setItem(key, String(Date.now()));
  location.reload();
}
