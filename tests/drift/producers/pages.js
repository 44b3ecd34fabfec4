// Cut the text into pages, each with the notes to which its marks refer at its foot, as a book has them.
// A paragraph that runs over the end of a page is cut where the line ends.
(height) => {
    const notes = [...document.querySelectorAll(".notes > p")];
    const blocks = [...document.querySelectorAll(".text > :not(.spanning), .spanning > *")];
    const watermark = document.querySelector(".watermark");
    document.body.replaceChildren(...(watermark ? [watermark] : []));

    let page = newPage();
    for (const block of blocks) {
        if (block.style.breakBefore === "page" && page.flow.childNodes.length) {
            page = newPage();
        }
        block.style.breakBefore = "";
        place(block);
    }

    function newPage() {
        const [sheet, flow, foot] = ["div", "div", "div"].map((tag) => document.createElement(tag));
        sheet.className = "sheet";
        sheet.style.height = `${height - 2}px`;
        foot.className = "foot";
        sheet.append(flow, foot);
        document.body.append(sheet);
        return { flow, foot };
    }

    // Put a block on the page, and as much of it on the next ones as does not fit.
    function place(block) {
        let rest = block;
        while (rest) {
            const length = rest.textContent.length;
            if (fits(rest, length)) {
                return;
            }
            let [low, high] = [0, length];
            while (high - low > 1) {
                const middle = (low + high) >> 1;
                [low, high] = fits(rest, middle) ? [middle, high] : [low, middle];
            }
            fits(rest, length);
            const cut = lineStart(low);
            if (cut === 0 && !page.flow.childNodes.length) {
                throw new Error("a line is higher than a page");
            }
            fits(rest, cut);
            rest = cut ? parts(rest, cut)[1] : rest;
            page = newPage();
        }
    }

    // The beginning of the line on which a character of a block stands that is tried whole.
    function lineStart(at) {
        const block = page.flow.querySelector(".tried");
        let start = at;
        while (start > 0 && left(block, start) >= left(block, start - 1)) {
            start -= 1;
        }
        return start;
    }

    function left(block, at) {
        const range = document.createRange();
        range.setStart(...spot(block, at));
        range.setEnd(...spot(block, at + 1));
        return [...range.getClientRects()].at(-1).left;
    }

    // Set the first characters of a block at the end of the page, with their notes, in place of those that were tried before.
    function fits(block, length) {
        page.flow.querySelector(".tried")?.remove();
        page.foot.replaceChildren(...[...page.foot.children].filter((note) => !note.dataset.tried));
        if (length === 0) {
            return true;
        }
        const [head] = parts(block, length);
        head.classList.add("tried");
        page.flow.append(head);
        for (const mark of head.querySelectorAll("[data-note]")) {
            const note = notes[mark.dataset.note - 1].cloneNode(true);
            note.dataset.tried = "yes";
            page.foot.append(note);
        }
        const whole = page.flow.offsetHeight + page.foot.offsetHeight < height - 2;
        if (whole && length === block.textContent.length) {
            head.classList.remove("tried");
            for (const note of page.foot.children) {
                delete note.dataset.tried;
            }
        }
        return whole;
    }

    // The first characters of a block, and the rest.
    function parts(block, length) {
        const [head, tail] = [block.cloneNode(true), block.cloneNode(true)];
        if (length === block.textContent.length) {
            return [head, null];
        }
        cutBehind(head, length);
        cutBefore(tail, length);
        for (const mark of [...head.querySelectorAll(":empty"), ...tail.querySelectorAll(":empty")]) {
            mark.remove();
        }
        head.style.textAlignLast = block.style.textAlign === "justify" ? "justify" : "";
        tail.style.textIndent = "0";
        return [head, tail];
    }

    function spot(block, length) {
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        let left = length;
        while (walker.nextNode()) {
            if (left <= walker.currentNode.length) {
                return [walker.currentNode, left];
            }
            left -= walker.currentNode.length;
        }
        throw new Error("behind the end of the block");
    }

    function cutBehind(block, length) {
        const range = document.createRange();
        range.setStart(...spot(block, length));
        range.setEndAfter(block.lastChild);
        range.deleteContents();
    }

    function cutBefore(block, length) {
        const range = document.createRange();
        range.setStartBefore(block.firstChild);
        range.setEnd(...spot(block, length));
        range.deleteContents();
    }
};
