// The inbox's one style sheet and one script, kept in code so that the inbox is complete wherever it is started.

export const STYLES = `
body { margin: 0; font: 1.05rem/1.5 Arial, sans-serif; color: #0b0c0c; background: #fff; }
header { padding: .8rem 1.5rem; background: #1d3557; color: #fff; }
header a { color: #fff; font-weight: bold; margin-right: 1rem; }
main { max-width: 62rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; }
h1 { font-size: 1.6rem; margin: .6rem 0 1rem; }
a { color: #1d4e89; }
a:focus-visible, iframe:focus-visible { outline: 3px solid #0b0c0c; outline-offset: 2px; background: #ffdd00; color: #0b0c0c; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: #484949; padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .55rem .8rem .55rem 0; border-bottom: 1px solid #b1b4b6; }
td:last-child { white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0 0 1rem; }
dt { color: #484949; } dd { margin: 0; }
nav a { display: inline-block; padding: .35rem .9rem; margin-right: .3rem; border: 1px solid #b1b4b6; }
nav a[aria-current] { background: #1d3557; color: #fff; }
iframe { width: 100%; height: 70vh; border: 1px solid #b1b4b6; margin-top: .8rem; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #b1b4b6; padding: 1rem; font-size: .95rem; }
.quiet { color: #484949; font-size: .95rem; }
.unread { background: #1d3557; color: #fff; padding: 0 .4rem; font-size: .85rem; }
`;

/** Reloads the list when a mail arrives; a mail that is being read is left alone. */
export const SCRIPT = `
if (location.pathname === '/') new EventSource('/changes').onmessage = () => location.reload();
`;
