/** The one style sheet of the web view; follows the system's choice of light or dark. */
export const STYLES = `
:root{color-scheme:light dark;--bg:#fff;--panel:#f6f8fa;--text:#1f2328;--soft:#59636e;--line:#d1d9e0;--link:#0969da;
--green:#1a7f37;--greenbg:#dafbe1;--red:#d1242f;--redbg:#ffebe9;--purple:#8250df;--grey:#59636e;--hunk:#ddf4ff}
@media (prefers-color-scheme:dark){:root{--bg:#0d1117;--panel:#151b23;--text:#f0f6fc;--soft:#9198a1;--line:#3d444d;--link:#4493f8;
--green:#2ea043;--greenbg:#12261e;--red:#f85149;--redbg:#25171c;--purple:#8957e5;--grey:#656c76;--hunk:#121d2f}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:14px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI",Helvetica,Arial,sans-serif}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
header{background:var(--panel);border-bottom:1px solid var(--line);padding:12px 24px;display:flex;gap:16px;align-items:baseline;flex-wrap:wrap}
header strong{font-size:16px}header .who{margin-left:auto;color:var(--soft)}
nav{border-bottom:1px solid var(--line);padding:0 24px;display:flex;gap:4px;flex-wrap:wrap}
nav a{padding:10px 12px;color:var(--text);border-bottom:2px solid transparent}
nav a[aria-current]{border-color:#fd8c73;font-weight:600}
main{max-width:1180px;margin:0 auto;padding:24px}
h1{font-size:24px;font-weight:500;margin:0 0 8px}h2{font-size:18px;margin:24px 0 8px}
.soft{color:var(--soft)}.mono,code,pre{font:12px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.box{border:1px solid var(--line);border-radius:6px;margin:12px 0;overflow:hidden}
.box>.head{background:var(--panel);border-bottom:1px solid var(--line);padding:8px 16px;display:flex;gap:12px;align-items:center;flex-wrap:wrap}
.row{padding:8px 16px;border-top:1px solid var(--line);display:flex;gap:12px;align-items:baseline;flex-wrap:wrap}.row:first-child{border-top:0}
.row .end{margin-left:auto;color:var(--soft)}
.pad{padding:16px}.pad>:first-child{margin-top:0}.pad>:last-child{margin-bottom:0}.row a{overflow-wrap:anywhere}
.label{border:1px solid var(--line);border-radius:2em;padding:0 8px;font-size:12px;color:var(--soft)}
.state{color:#fff;border-radius:2em;padding:4px 12px;font-weight:500}
.open{background:#1f883d}.merged{background:var(--purple)}.closed{background:#cf222e}.draft{background:var(--grey)}
.plus{color:var(--green)}.minus{color:var(--red)}
form{display:inline}
button{font:inherit;font-weight:500;border:1px solid var(--line);border-radius:6px;padding:5px 16px;background:var(--panel);color:var(--text);cursor:pointer}
button.primary{background:#1f883d;border-color:#1f883d;color:#fff}button:disabled{opacity:.5;cursor:not-allowed}
button.danger{color:var(--red)}
.actions{display:flex;gap:8px;flex-wrap:wrap;align-items:center}
.diff{width:100%;border-collapse:collapse;tab-size:4}
.diff td{padding:0 8px;vertical-align:top;overflow-wrap:anywhere}.diff td:not(.n){white-space:pre-wrap}
.diff .n{width:1%;min-width:40px;text-align:right;color:var(--soft);user-select:none;white-space:nowrap}
.diff .add td{background:var(--greenbg)}.diff .del td{background:var(--redbg)}.diff .hunk td{background:var(--hunk);color:var(--soft)}
pre{margin:0;overflow:auto}
.body pre{background:var(--panel);padding:12px;border-radius:6px}.body table{border-collapse:collapse}
.body td,.body th{border:1px solid var(--line);padding:4px 10px;text-align:left}
.body code{background:var(--panel);padding:1px 4px;border-radius:4px}.body pre code{padding:0}
.flash{border:1px solid var(--red);background:var(--redbg);border-radius:6px;padding:10px 16px;margin-bottom:16px}
`;
