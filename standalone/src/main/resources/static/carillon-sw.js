importScripts('/client/carillon-sw.js');
