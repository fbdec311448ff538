'use strict';
// Everything works without this script; it opens what an anchor points into and marks all pieces of a statement.
(function () {
  var marked = [];
  function mark(id) {
    marked.forEach(function (piece) { piece.classList.remove('on'); });
    marked = [];
    if (!/^a\d+[set]\d+$/.test(id)) return;
    marked = Array.from(document.querySelectorAll('[data-s~="' + id + '"], [data-of="' + id + '"]'));
    marked.forEach(function (piece) { piece.classList.add('on'); });
  }
  function arrive() {
    var id = location.hash.slice(1);
    var target = id && document.getElementById(id);
    mark(id);
    if (!target) return;
    for (var up = target; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true;
    var first = marked.find(function (piece) { return piece.dataset.s; });
    (first || target).scrollIntoView({ block: first ? 'center' : 'start' });
  }
  addEventListener('hashchange', arrive);
  if (location.hash) arrive();

  var claims = document.querySelectorAll('details.claim');
  var filters = document.querySelector('.filters');
  if (filters && claims.length > 1) {
    var button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Open all';
    button.addEventListener('click', function () {
      var open = button.textContent === 'Open all';
      claims.forEach(function (claim) { claim.open = open; });
      button.textContent = open ? 'Close all' : 'Open all';
    });
    filters.appendChild(button);
  }
})();
