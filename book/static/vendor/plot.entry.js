// What the Explore page uses of Observable Plot. To make plot.js again, in an empty folder beside this file's copy:
//   npm install esbuild@0.28.2 @observablehq/plot@0.6.17
//   npx esbuild plot.entry.js --bundle --minify --format=iife --global-name=Plot --target=es2020 \
//     --legal-comments=none --outfile=plot.js
export { plot, rectY, lineY, dotY, ruleX, ruleY, text, utcInterval } from "@observablehq/plot";
