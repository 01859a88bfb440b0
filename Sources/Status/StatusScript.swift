/// What makes the status page refresh itself.
enum StatusScript {
    /// JavaScript; its hash stands in the page's policy.
    ///
    /// It swaps `<main>` every three seconds while the page is to be seen, keeps focus, selection, scrolling and what is
    /// unfolded, says changes of the state to screen readers, and takes the colours from what has become old.
    static let text = """
        (()=>{'use strict';
        const $=i=>document.getElementById(i),age=$('age'),pause=$('pause'),news=$('news');
        let paused=false,busy=false,last=Date.now();
        const say=t=>{age.textContent=t};
        function swap(doc){
        const fresh=doc.getElementById('main'),main=$('main');
        if(!fresh)throw new Error('no facts');
        const open=[...main.querySelectorAll('details[open]')].map(d=>d.id),
        rolled=[...main.querySelectorAll('pre')].map(p=>[p.scrollLeft,p.scrollTop]),
        focus=document.activeElement,within=focus&&focus!==main&&main.contains(focus),
        way=within?[focus.tagName,[...main.querySelectorAll(focus.tagName)].indexOf(focus)]:null;
        if(fresh.dataset.state!==main.dataset.state)news.textContent=fresh.dataset.state;
        main.replaceWith(document.adoptNode(fresh));
        document.title=doc.title;
        for(const id of open){const d=$(id);if(d)d.open=true}
        fresh.querySelectorAll('pre').forEach((p,i)=>{if(rolled[i])[p.scrollLeft,p.scrollTop]=rolled[i]});
        if(way){const f=fresh.querySelectorAll(way[0])[way[1]];if(f)f.focus({preventScroll:true})}
        else if(focus===main)fresh.focus({preventScroll:true})}
        const reading=()=>{const s=getSelection();return s&&!s.isCollapsed&&$('main').contains(s.anchorNode)};
        async function refresh(){
        if(busy||paused||document.hidden||reading())return;
        busy=true;
        try{const r=await fetch(location.pathname,{cache:'no-store',signal:AbortSignal.timeout(10000)});
        if(!r.ok)throw new Error(r.status);
        swap(new DOMParser().parseFromString(await r.text(),'text/html'));
        last=Date.now();document.body.classList.remove('stale');say('Refreshes by itself')}
        catch(e){if(!document.body.classList.contains('stale'))news.textContent='The collector does not answer.';
        document.body.classList.add('stale');
        say('No answer for '+Math.round((Date.now()-last)/1000)+' s; what you see is as old')}
        busy=false}
        pause.hidden=false;say('Refreshes by itself');
        pause.onclick=()=>{paused=!paused;pause.setAttribute('aria-pressed',paused);
        pause.textContent=paused?'Resume':'Pause';say(paused?'Paused':'Refreshes by itself');if(!paused)refresh()};
        document.addEventListener('visibilitychange',refresh);
        setInterval(refresh,3000)})();
        """
}
