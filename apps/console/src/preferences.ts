/** Kept on this device, applied by before-paint.js at the next start and here at once. */
const choices = {
  theme: ['light', 'dark'],
  density: ['compact', 'standard', 'comfortable'],
  font: ['standard', 'large', 'xlarge'],
  locale: ['zh-CN', 'en'],
  keys: ['on', 'off'],
} as const;

export type PreferenceName = keyof typeof choices;
export type Preference<N extends PreferenceName> = (typeof choices)[N][number];

export function readPreference<N extends PreferenceName>(name: N): Preference<N> | undefined {
  const options: readonly Preference<N>[] = choices[name];
  try {
    const stored = localStorage.getItem(`yunheng.${name}`);
    return options.find((option) => option === stored);
  } catch {
    return undefined; // storage may be closed in a private window
  }
}

export function writePreference<N extends PreferenceName>(name: N, value: Preference<N>): void {
  try {
    localStorage.setItem(`yunheng.${name}`, value);
  } catch {
    // The choice then holds until the page is left, which is better than refusing it.
  }
  if (name === 'theme' || name === 'density' || name === 'font')
    document.documentElement.dataset[name] = value;
}

/** Back to what the system of the device says. */
export function forgetTheme(): void {
  try {
    localStorage.removeItem('yunheng.theme');
  } catch {
    // Closed storage kept nothing either.
  }
  document.documentElement.dataset['theme'] = matchMedia('(prefers-color-scheme: dark)').matches
    ? 'dark'
    : 'light';
}
