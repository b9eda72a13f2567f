import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

/** Chunks are left to rolldown: every page is a dynamic import, and a hand-made group once doubled the entry. */
export default defineConfig({
  plugins: [solid()],
  // Nothing is inlined as data: URI, so that the content security policy can stay narrow.
  build: { target: 'chrome109', assetsInlineLimit: 0, manifest: true, reportCompressedSize: false },
  server: {
    host: '127.0.0.1',
    proxy: { '/trpc': 'http://127.0.0.1:8787', '/api': 'http://127.0.0.1:8787' },
  },
});
