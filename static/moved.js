// An address that has moved goes on to where the page says it is now, with all that it holds.
location.replace(document.querySelector('link[rel=canonical]').href + location.search + location.hash);
