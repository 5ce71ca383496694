// Before anything is painted: whether the address asks for a table, whose place is then kept, so that nothing moves when
// it comes. No module, because a page does not wait for those.

if (/[?&]with=/.test(location.search)) document.documentElement.dataset.asked = "";
