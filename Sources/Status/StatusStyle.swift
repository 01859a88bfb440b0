/// How the status page looks.
enum StatusStyle {
    /// CSS; its hash stands in the page's policy.
    static let text = """
        :root{color-scheme:light dark;--bg:#f5f6f8;--card:#fff;--ink:#18212b;--soft:#55616f;--line:#dde2e8;--accent:#0a6a70;\
        --tint:#e3f0f0;--notice:#8a4b00;--noticebg:#fdf3e1;--trouble:#a8201a;--troublebg:#fcebe9}
        @media (prefers-color-scheme:dark){:root{--bg:#10151b;--card:#181f27;--ink:#e5eaf0;--soft:#9eabb9;--line:#2b3541;\
        --accent:#58c5c9;--tint:#14302f;--notice:#f2b65e;--noticebg:#2f2512;--trouble:#ff8f86;--troublebg:#381a19}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0;padding:0 max(1rem,calc(50vw - 35rem)) 3rem;background:var(--bg);color:var(--ink);\
        font:400 1rem/1.5 Inter,ui-sans-serif,system-ui,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;\
        font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        header{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .6rem;padding:1.4rem 0 1rem}
        h1{font-size:1.15rem;font-weight:650;letter-spacing:-.01em;margin:0}
        header p{margin:0}.refresh{margin-left:auto;display:flex;gap:.8rem;align-items:baseline;font-size:.85rem}
        h2{font-size:1.05rem;font-weight:650;letter-spacing:-.005em;margin:2.4rem 0 .2rem}
        h3{font-size:1rem;font-weight:650;margin:0}h3 small{font-weight:400;color:var(--soft)}
        p{margin:.35rem 0}.soft,caption{color:var(--soft);font-size:.875rem}
        code,pre,blockquote,.url{font-family:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;\
        font-size:.8125rem}
        a{color:var(--accent);text-underline-offset:.2em}
        button{font:inherit;color:var(--ink);background:var(--card);border:1px solid var(--soft);border-radius:.4rem;\
        padding:.1rem .7rem;cursor:pointer}
        :focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.3rem}
        main:focus{outline:none}
        .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.3rem;background:var(--card);padding:.3rem .6rem;z-index:1}
        .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .shape{width:1em;height:1em;flex:none;fill:currentColor;fill-rule:evenodd}
        .well>.shape,.shape.well{color:var(--accent)}.shape.notice{color:var(--notice)}.shape.trouble{color:var(--trouble)}\
        .shape.idle{color:var(--soft)}
        .verdict{display:flex;gap:1rem;padding:1.2rem 1.3rem;border-radius:.8rem;background:var(--tint)}
        .verdict.notice{background:var(--noticebg)}.verdict.trouble{background:var(--troublebg)}
        .verdict .shape{font-size:1.9rem;margin-top:.15rem}.verdict>div{min-width:0}
        .verdict h2{font-size:1.5rem;line-height:1.3;letter-spacing:-.02em;margin:0}
        .figures,.cards{display:grid;gap:.9rem;margin-top:.8rem}
        .figures{grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr))}
        .cards{grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr))}
        figure,.card,table,details{background:var(--card);border:1px solid var(--line);border-radius:.8rem}
        figure{margin:0;overflow:hidden;display:flex;flex-direction:column;justify-content:space-between}figcaption{padding:.8rem 1rem .5rem}figcaption span{display:block}
        .name{font-size:.875rem}.number{font-size:1.6rem;line-height:1.3;font-weight:600;letter-spacing:-.02em}
        .number small{font-size:.875rem;font-weight:400;letter-spacing:0;color:var(--soft)}
        .chart{display:block;width:100%;height:3.5rem}
        .chart path{fill:none;stroke:var(--accent);stroke-width:1.5;vector-effect:non-scaling-stroke;stroke-linejoin:round}
        .chart .area{fill:var(--tint)}.chart .more{opacity:.6;stroke-dasharray:3 3}
        .card{padding:1rem 1.1rem}.card.notice{border-color:var(--notice)}.card.trouble{border-color:var(--trouble)}
        .state{display:flex;gap:.5rem;align-items:center;margin:.3rem 0}
        .queue{display:flex;justify-content:space-between;gap:1rem;font-size:.875rem;margin:.7rem 0 .3rem}
        .meter{display:block;width:100%;height:.5rem;border-radius:.25rem}.track{fill:var(--line)}.fill{fill:var(--accent)}\
        .high{fill:var(--notice)}
        dl{display:grid;gap:.25rem;margin:.8rem 0;font-size:.875rem}
        dl div{display:flex;justify-content:space-between;gap:1rem}dt{color:var(--soft)}dd{margin:0;text-align:right}
        blockquote{margin:.3rem 0 .7rem;padding:.1rem 0 .1rem .8rem;border-left:3px solid var(--line);white-space:pre-wrap}
        .url{margin:0}
        table{width:100%;border-collapse:separate;border-spacing:0;font-size:.875rem;padding:.2rem 0}
        caption{text-align:left;padding:0 0 .7rem}
        th,td{text-align:left;vertical-align:top;padding:.5rem .6rem;font-weight:400}
        thead th{color:var(--soft);white-space:nowrap}tbody th{font-weight:600}
        tbody td,tbody th{border-top:1px solid var(--line)}
        tr>:first-child{padding-left:1.1rem}tr>:last-child{padding-right:1.1rem}
        .n{text-align:right}td:first-child,tbody td.n,td:last-child{white-space:nowrap}td:first-child,td:last-child{color:var(--soft)}
        @media (min-width:44.01rem){tbody th{min-width:9rem}.pushes td:nth-child(4){width:45%}.refusals td:nth-child(4){width:50%}}
        .losses td:last-child{color:inherit}
        .answer{display:inline-flex;gap:.35rem;align-items:center}
        details{margin-top:.8rem;padding:.7rem 1.1rem}summary{cursor:pointer;font-size:.875rem}
        pre{margin:.8rem 0 .2rem;overflow-x:auto;overflow-wrap:normal;line-height:1.55}
        footer{margin-top:2.4rem;padding-top:1rem;border-top:1px solid var(--line)}nav{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem}
        .stale main{filter:grayscale(1)}.stale #age{color:var(--trouble);font-weight:650}
        @media (max-width:44rem){.verdict{padding:1rem}.verdict .shape{font-size:1.5rem}.verdict h2{font-size:1.25rem}
        .figures{grid-template-columns:1fr 1fr}
        figcaption{padding:.7rem .8rem .4rem}.number{font-size:1.25rem}
        table,tbody,tr,caption{display:block}thead{position:absolute;clip-path:inset(50%)}
        caption{padding-bottom:.5rem;background:var(--bg)}table{background:none;border:0;padding:0}
        tr{display:flex;flex-wrap:wrap;gap:.1rem .9rem;padding:.7rem 1rem;margin-bottom:.6rem;background:var(--card);\
        border:1px solid var(--line);border-radius:.8rem}
        tbody th{flex:1 0 70%;order:-1}tbody td,tbody th,tr>:first-child,tr>:last-child{padding:0;border:0}\
        .n{text-align:left}td:last-child{white-space:normal}[data-unit]::after{content:" " attr(data-unit)}}
        @media (forced-colors:active){.fill,.high{fill:Highlight}.shape{color:CanvasText}}
        """
}
