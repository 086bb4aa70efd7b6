#!/usr/bin/env bash
# Compares the files of pdf.js that lie here with the package that package-lock.json names, and with --write takes them from it.
#
#     crates/khronika-serve/src/look/pdfjs/renew.sh [--write]
#
# For a newer version: change it in package.json, `npm install --package-lock-only --ignore-scripts`, then `renew.sh --write`, and walk
# through the workspace in a browser. npm checks the package against the digest in package-lock.json; nothing of it is run.
set -euo pipefail
cd "$(dirname "$0")"
mode=${1:-}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp package.json package-lock.json "$work"
(cd "$work" && npm ci --ignore-scripts --omit=optional --no-audit --no-fund --silent)
from=$work/node_modules/pdfjs-dist

# What goes out as it is packed here, since every browser unpacks it by itself.
packed=(legacy/build/pdf.min.mjs legacy/build/pdf.worker.min.mjs wasm/jbig2_nowasm_fallback.js wasm/openjpeg_nowasm_fallback.js)
plain=(standard_fonts/FoxitSymbol.pfb standard_fonts/FoxitDingbats.pfb)
licences=(LICENSE standard_fonts/LICENSE_FOXIT wasm/LICENSE_JBIG2 wasm/LICENSE_OPENJPEG wasm/LICENSE_PDFJS_JBIG2 wasm/LICENSE_PDFJS_OPENJPEG)

if [ "$mode" = --write ]; then
  for path in "${packed[@]}"; do gzip -9 -n -c "$from/$path" >"$(basename "$path").gz"; done
  for path in "${plain[@]}" "${licences[@]}"; do install -m 644 "$from/$path" .; done
  for path in "${packed[@]}" "${plain[@]}"; do (cd "$(dirname "$from/$path")" && sha256sum "$(basename "$path")"); done >SHA256SUMS
fi
bad=0
for path in "${packed[@]}" "${plain[@]}" "${licences[@]}"; do
  name=$(basename "$path")
  here=$name
  if [ -f "$name.gz" ]; then here=$work/$name && gzip -dc "$name.gz" >"$here"; fi
  cmp -- "$here" "$from/$path" || bad=1
done
(cd "$work" && cp "$OLDPWD"/*.pfb . && sha256sum --check --quiet --strict "$OLDPWD/SHA256SUMS") || bad=1
[ "$bad" = 0 ] && echo "pdf.js is what the package holds"
exit "$bad"
