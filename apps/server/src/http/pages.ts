/** Pages without the console: no script, one style sheet of their own, both languages. */
export const pageStyle = `
:root { color-scheme: light dark; font: 15px/1.6 system-ui, 'Noto Sans CJK SC', sans-serif; }
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
code, pre { font-family: ui-monospace, monospace; font-size: 13px; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1.5rem; }
th, td { border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: 0.35rem 0.75rem 0.35rem 0; text-align: left; vertical-align: top; }
summary { cursor: pointer; padding: 0.25rem 0; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 600; }
.muted { opacity: 0.7; }
`;

export const notBuiltPage = page({
  title: '云衡 Yunheng',
  body: `<h1>控制台尚未构建</h1>
<p>接口已可用：<a href="/api/docs">/api/docs</a>。构建控制台：<code>npm run build</code>，然后刷新本页。</p>
<p lang="en" class="muted">The console is not built yet. The API answers: <a href="/api/docs">/api/docs</a>.
Build the console with <code>npm run build</code>, then reload this page.</p>`,
});

export function page({ title, body }: { title: string; body: string }): string {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><link rel="stylesheet" href="/api/page.css"></head>
<body>${body}</body></html>
`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
