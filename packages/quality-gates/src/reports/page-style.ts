/** Style of the report page. */
export const PAGE_STYLE = `
:root{--ink:#1c2126;--soft:#5b6570;--ground:#fff;--raised:#f4f5f6;--line:#d7dbdf;--pass:#2b7a4b;--fail:#b3261e;--idle:#8a929b}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#a0a9b2;--ground:#14181b;--raised:#1d2226;--line:#353c43;--pass:#5fbf86;--fail:#ff8a80;--idle:#77808a}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:66rem;padding:2rem 1.25rem 4rem;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
header{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:baseline;border-bottom:1px solid var(--line)}
h1{font-size:1.6rem;margin:.25rem 0}h2{font-size:1.15rem;margin:2.25rem 0 .5rem}
.verdict{margin:.25rem 0;font-weight:700;font-size:1.1rem}
.pass{color:var(--pass)}.fail,.not_measured{color:var(--fail)}.not_built,.no_reference{color:var(--soft)}
.chart{overflow-x:auto}svg{display:block;width:100%;min-width:44rem;height:auto;font:12px system-ui,sans-serif}
svg text{fill:var(--ink)}svg .axis{fill:var(--soft);font-size:11px}svg .bad{fill:var(--fail);font-weight:700}
svg rect.pass{fill:var(--pass)}svg rect.fail,svg rect.not_measured{fill:var(--fail)}
svg .grid{stroke:var(--line)}svg .tick{stroke:var(--ink);stroke-width:2}
details{border:1px solid var(--line);border-radius:6px;margin:.5rem 0;padding:.25rem .9rem;background:var(--raised)}
summary{cursor:pointer;padding:.35rem 0}summary:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
.status{font-weight:700;font-size:.85rem;margin-right:.35rem}.score{color:var(--soft)}
details p{max-width:46rem}details ul{padding-left:1.2rem;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.25rem 1.25rem;margin:.75rem 0}
dl div{display:flex;justify-content:space-between;gap:.75rem;border-bottom:1px solid var(--line);min-width:0}
dt{color:var(--soft)}dd{margin:0;text-align:right;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
`;
