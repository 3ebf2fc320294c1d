// A list whose filters, order and pages change it in place.
import { follow } from "./_swap";

follow();
