// A page that moved. The target is what the page itself says; only what stands behind the path is the reader's, and goes
// along. The page's meta refresh is for those without scripts. No module, because a page does not wait for those.

{
  const moved = document.currentScript?.dataset.target;
  if (moved) {
    const target = new URL(moved, location.href);
    target.search ||= location.search;
    target.hash ||= location.hash;
    location.replace(target);
  }
}
